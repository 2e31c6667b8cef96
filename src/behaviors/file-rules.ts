/** Which files are accepted. */
export interface FileRules {
  /** As in `<input type="file" accept>`: kinds (`image/*`), MIME types or file extensions, separated by commas. Empty accepts all. */
  readonly accept: string;
  /** In bytes. */
  readonly maxSize: number;
}

/** Why a file is not accepted, or `null` if it is. */
export function refusalOf(file: File, rules: FileRules): 'kind' | 'size' | null {
  if (!isAccepted(file, rules.accept)) return 'kind';
  return file.size > rules.maxSize ? 'size' : null;
}

function isAccepted(file: File, accept: string): boolean {
  const kinds = accept
    .toLowerCase()
    .split(',')
    .map((kind) => kind.trim())
    .filter((kind) => kind !== '');
  const type = file.type.toLowerCase();
  return (
    kinds.length === 0 ||
    kinds.some((kind) => {
      if (kind === '*' || kind === '*/*') return true;
      if (kind.startsWith('.')) return file.name.toLowerCase().endsWith(kind);
      return kind.endsWith('/*') ? type.startsWith(kind.slice(0, -1)) : type === kind;
    })
  );
}
