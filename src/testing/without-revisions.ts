/** What a backend that does not count says in place of `value`: the same, as JSON, without `revision` and `position` anywhere in it. */
export function withoutRevisions(value: unknown): unknown {
  if (value === undefined) return undefined;
  return JSON.parse(
    JSON.stringify(value, (key, field: unknown) => (key === 'revision' || key === 'position' ? undefined : field)),
  ) as unknown;
}
