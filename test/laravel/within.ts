/**
 * The promise, or a rejection that says what did not come. The limit is far beyond what a busy machine needs: it is there for what
 * never comes, which would otherwise end as a file that took too long.
 */
export async function within<T>(promise: Promise<T>, what: () => string, limit = 60_000): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`After ${limit / 1000} s, still waiting for ${what()}`)), limit);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
