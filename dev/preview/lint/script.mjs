// Reading a script as a syntax tree, for the questions the rules ask of it.
import ts from "typescript";

/**
 * What a script mentions, each with its line:
 * `{requires, api, strings}` are lists of `{value, line}`; `defines` is the set of names its object literals have, and
 * `lists` maps names to the texts of the arrays they stand for.
 */
export function readScript(text) {
  const file = ts.createSourceFile("script.js", text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS);
  const facts = { requires: [], api: [], strings: [], defines: new Set(), lists: new Map() };
  const lineOf = (node) => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const note = (list, value, node) => list.push({ value, line: lineOf(node) });
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText(file) === "require") {
      const [wanted] = node.arguments;
      note(facts.requires, wanted && ts.isStringLiteralLike(wanted) ? wanted.text : "", node);
    }
    if (ts.isPropertyAccessExpression(node) && isWx(node.expression)) note(facts.api, node.name.text, node);
    if (ts.isElementAccessExpression(node) && isWx(node.expression)) {
      const name = node.argumentExpression;
      note(facts.api, ts.isStringLiteralLike(name) ? name.text : "[...]", node);
    }
    if (ts.isVariableDeclaration(node) && node.initializer) readDeclaration(node);
    if (ts.isPropertyAssignment(node)) readList(node);
    if (ts.isStringLiteralLike(node)) note(facts.strings, node.text, node);
    if (ts.isTemplateHead(node)) note(facts.strings, `${node.text}\${`, node);
    if (ts.isObjectLiteralElement(node) && node.name) facts.defines.add(node.name.text ?? "");
    ts.forEachChild(node, visit);
  };
  const readDeclaration = ({ name, initializer }) => {
    if (ts.isObjectBindingPattern(name) && isWx(initializer)) {
      for (const one of name.elements) note(facts.api, (one.propertyName ?? one.name).text ?? "[...]", one);
    }
    readList({ name, initializer });
  };
  const readList = ({ name, initializer }) => {
    if (!ts.isIdentifier(name) || !ts.isArrayLiteralExpression(initializer)) return;
    const texts = initializer.elements.filter(ts.isStringLiteralLike);
    facts.lists.set(
      name.text,
      texts.map((one) => ({ value: one.text, line: lineOf(one) })),
    );
  };
  visit(file);
  return facts;
}

function isWx(node) {
  return ts.isIdentifier(node) && node.text === "wx";
}
