/** Stands in for the addresses of help pages, which only go into the log. */
export default {buildLogSuffix: (): string => ''};
