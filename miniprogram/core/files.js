// @ts-check

/** The mini-program's own folder on the phone; nothing stays in it longer than it takes to hand it on. */
const folder = () => wx.env.USER_DATA_PATH;

/**
 * Gives the person a file: written on the phone, handed on to a chat of their choice, and taken off the phone again.
 * @param {string} name
 * @param {string} text
 */
async function handOver(name, text) {
  await clear(); // what a run that was cut off has left
  const filePath = `${folder()}/${name}`;
  await new Promise((resolve, reject) => {
    wx.getFileSystemManager().writeFile({ filePath, data: text, encoding: "utf8", success: resolve, fail: reject });
  });
  await share(filePath, name);
  await clear();
}

/** Takes every file off the phone that this mini-program has written. @returns {Promise<void>} */
async function clear() {
  const manager = wx.getFileSystemManager();
  const names = await new Promise((/** @type {(names: string[]) => void} */ resolve) => {
    manager.readdir({ dirPath: folder(), success: ({ files }) => resolve(files), fail: () => resolve([]) });
  });
  await Promise.all(names.map((name) => remove(`${folder()}/${name}`)));
}

/** Settled either way: a folder of WeChat's own among the files cannot be removed, and need not. @param {string} filePath @returns {Promise<void>} */
const remove = (filePath) =>
  new Promise((resolve) => wx.getFileSystemManager().unlink({ filePath, complete: () => resolve() }));

/** Settled either way: whoever closes WeChat's list of chats has decided so. @param {string} filePath @param {string} fileName @returns {Promise<void>} */
const share = (filePath, fileName) =>
  new Promise((resolve) => wx.shareFileMessage({ filePath, fileName, complete: () => resolve() }));

module.exports = { handOver, clear };
