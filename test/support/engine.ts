const {userAgent} = navigator;

/** Whether this is WebKit, the engine of Safari; Chromium says so of itself, too. */
export const IS_WEBKIT = userAgent.includes('AppleWebKit') && !userAgent.includes('Chrom');
