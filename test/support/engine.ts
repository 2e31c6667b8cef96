/** Whether this is WebKit, the engine of Safari; Chromium says so of itself, too. */
export const IS_WEBKIT = /AppleWebKit/.test(navigator.userAgent) && !/Chrom/.test(navigator.userAgent);
