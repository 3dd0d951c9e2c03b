// Files the mini-program writes; in a browser they are downloads.
import { h } from "../elements.mjs";
import { asCall, Failure } from "./calls.mjs";

const USER_DATA_PATH = "wxfile://usr";
/** What the mini-program has written in this session, by path. */
const written = new Map();

export const fileCalls = () => ({
  shareFileMessage({ filePath, fileName }) {
    if (!written.has(filePath)) throw new Failure("file not exist");
    download(fileName ?? filePath.split("/").at(-1), written.get(filePath));
  },
});

export function fileSystem({ faults }) {
  const writeFile = asCall(
    "writeFile",
    ({ filePath, data }) => {
      if (!filePath?.startsWith(`${USER_DATA_PATH}/`)) throw new Failure(`permission denied, open ${filePath}`);
      written.set(filePath, data);
      download(filePath.split("/").at(-1), data);
    },
    faults,
  );
  const readdir = asCall(
    "readdir",
    () => ({ files: [...written.keys()].map((path) => path.split("/").at(-1)) }),
    faults,
  );
  const unlink = asCall(
    "unlink",
    ({ filePath }) => {
      if (!written.delete(filePath)) throw new Failure(`no such file or directory, unlink ${filePath}`);
    },
    faults,
  );
  return { env: { USER_DATA_PATH }, getFileSystemManager: () => ({ writeFile, readdir, unlink }) };
}

function download(name, data) {
  const address = URL.createObjectURL(new Blob([data]));
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
