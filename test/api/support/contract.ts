import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {Ajv2020, type ValidateFunction} from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const FILE = new URL('../../../src/api/openapi.json', import.meta.url);
const ROOT = 'contract';

interface Operation {
  readonly responses: Readonly<Record<string, {readonly $ref?: string; readonly content?: Readonly<Record<string, unknown>>}>>;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

/** The OpenAPI file, as something to hold answers against. Remembers which answers it has been shown. */
export class Contract {
  readonly #document = JSON.parse(readFileSync(FILE, 'utf8')) as Document & object;
  readonly #ajv = new Ajv2020({allErrors: true, strict: false, validateSchema: false});
  readonly #seen = new Set<string>();

  constructor() {
    addFormats.default(this.#ajv);
    this.#ajv.addSchema(this.#document, ROOT);
  }

  /** Every route and method with its successful statuses, as `GET /conversations 200`. */
  get successes(): string[] {
    return Object.entries(this.#document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, operation]) => 'responses' in operation)
        .flatMap(([method, {responses}]) =>
          Object.keys(responses)
            .filter((status) => status.startsWith('2'))
            .map((status) => `${method.toUpperCase()} ${path} ${status}`),
        ),
    );
  }

  /** What of `successes` no answer was checked for. */
  get unseen(): string[] {
    return this.successes.filter((success) => !this.#seen.has(success));
  }

  /**
   * Asserts that the file has this answer: the status is one it lists, and the body has the shape of its schema.
   * `path` is the template, `/conversations/{id}`; `body` is `undefined` for an empty answer.
   */
  check(method: string, path: string, status: number, body: unknown): void {
    const where = `${method} ${path} ${status}`;
    const pointer = ['paths', path, method.toLowerCase(), 'responses', String(status)];
    const response = this.#document.paths[path]?.[method.toLowerCase()]?.responses[status];
    assert.ok(response, `${where}: the contract has no such answer. ${shown(body)}`);

    const at = response.$ref ? response.$ref.slice(2).split('/') : pointer;
    const validate = this.#schema([...at, 'content', 'application/json', 'schema']);
    if (validate) assert.ok(validate(body), `${where}: ${this.#explain(validate)} in ${shown(body)}`);
    else assert.equal(body, undefined, `${where}: the answer is not empty`);
    this.#seen.add(where);
  }

  /** Asserts that a value has the shape of one of the file's schemas, e.g. `Message` or `Event`. */
  checkSchema(name: string, value: unknown): void {
    const validate = this.#schema(['components', 'schemas', name]);
    assert.ok(validate, `There is no schema ${name}.`);
    assert.ok(validate(value), `${name}: ${this.#explain(validate)}`);
  }

  #schema(pointer: readonly string[]): ValidateFunction | undefined {
    const exists = pointer.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], this.#document);
    if (exists === undefined) return undefined;
    const escaped = pointer.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')));
    return this.#ajv.getSchema(`${ROOT}#/${escaped.join('/')}`);
  }

  #explain(validate: ValidateFunction): string {
    return this.#ajv.errorsText(validate.errors, {dataVar: 'body'});
  }
}

function shown(body: unknown): string {
  return body === undefined ? 'nothing' : JSON.stringify(body).slice(0, 1000);
}
