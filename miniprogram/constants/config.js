// @ts-check

/** Where the server stands: PUBLIC_URL of the installation, also on WeChat's list of request domains. */
const apiBase = "https://zhitongche.example.gov.cn";

/** WeChat ends a request itself after 60 s; a resident has given up long before. */
const REQUEST_TIMEOUT_MS = 10000;
const UPLOAD_TIMEOUT_MS = 60000;

module.exports = { apiBase, REQUEST_TIMEOUT_MS, UPLOAD_TIMEOUT_MS };
