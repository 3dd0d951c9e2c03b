// @ts-check

/** Whether the page is the one that the person looks at, and not one behind it or closed. @param {object} page */
function isOnTop(page) {
  const pages = getCurrentPages();
  return pages[pages.length - 1] === page;
}

module.exports = { isOnTop };
