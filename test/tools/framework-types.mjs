/** What type checkers of frameworks read of our elements, made from the manifest: `dist/types/*.d.ts`, and directives for Angular. */
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

/**
 * @typedef {object} Field
 * @property {string} name
 * @property {string} [kind]
 * @property {string} [fieldName]
 * @property {string} [description]
 * @property {{text: string}} [type]
 * @property {boolean} [readonly]
 */

/**
 * @typedef {object} Declaration
 * @property {string} name
 * @property {string} tagName
 * @property {string} [description]
 * @property {Field[]} [attributes]
 * @property {Field[]} [members]
 * @property {Field[]} [events]
 */

const GENERATED = '// Made from custom-elements.json by the build.\n';

/** @param {string | undefined} text @param {string} indent */
function doc(text, indent) {
  return text ? `${indent}/** ${text.replace(/\s*\n\s*/g, ' ').replaceAll('*/', '*\\/')} */\n` : '';
}

/** The properties that a host sets. @param {Declaration} element */
function propertiesOf({members = []}) {
  return members.filter(({kind, readonly}) => kind === 'field' && !readonly);
}

/** What may stand in markup: text, where the property is a number or a switch. @param {string} owner @param {Field} attribute */
function attributeType(owner, {fieldName, type}) {
  if (type?.text === 'boolean') return `boolean | '' | undefined`;
  if (type?.text === 'number' || type?.text === 'number | undefined') return 'number | `${number}` | undefined';
  return `NonNullable<${owner}['${fieldName}']> | undefined`;
}

/** @param {Declaration} element */
function describe(element) {
  const {name, tagName, description, attributes = [], events = []} = element;
  const attributeLines = attributes.map(
    (one) => `${doc(one.description, '      ')}      '${one.name}'?: ${attributeType(name, one)};\n`,
  );
  const propertyLines = propertiesOf(element).map(
    (one) => `${doc(one.description, '      ')}      ${one.name}?: Given<${name}['${one.name}']> | undefined;\n`,
  );
  const eventLines = events.map(
    (one) => `${doc(one.description, '      ')}      '${one.name}': GlobalEventHandlersEventMap['${one.name}'];\n`,
  );
  return `${doc(description, '  ')}  '${tagName}': {
    element: ${name};
    attributes: {\n${attributeLines.join('')}    };
    properties: {\n${propertyLines.join('')}    };
    events: {\n${eventLines.join('')}    };
  };\n`;
}

/** @param {readonly Declaration[]} elements */
function elementsFile(elements) {
  const imports = elements.map(({name, tagName}) => `import type {${name}} from '../elements/${tagName}.js';\n`);
  return `${GENERATED}${imports.join('')}import type {} from '../elements/dom-events.js';
import type {Given} from '../model/index.js';

/** Each element with what a host may set and hear. */
export interface ChatElements {
${elements.map(describe).join('')}}

export type ChatTag = keyof ChatElements;
export type ElementOf<Tag extends ChatTag> = ChatElements[Tag]['element'];
export type AttributesOf<Tag extends ChatTag> = ChatElements[Tag]['attributes'];
export type EventsOf<Tag extends ChatTag> = ChatElements[Tag]['events'];

/** Properties, and attributes by their own names. */
export type SettingsOf<Tag extends ChatTag> = AttributesOf<Tag> & ChatElements[Tag]['properties'];

/** An event as its listener gets it. */
export type Heard<Tag extends ChatTag, Name extends keyof EventsOf<Tag>> = EventsOf<Tag>[Name] & {readonly currentTarget: ElementOf<Tag>};

/** Listeners as \`on\` and the name of the event, dashes and all. */
export type ListenersOf<Tag extends ChatTag> = {
  [Name in keyof EventsOf<Tag> as \`on\${Name & string}\`]?: ((event: Heard<Tag, Name>) => void) | undefined;
};

/** What \`Common\` has and \`Own\` does not name itself, and \`Own\`. */
export type Extend<Common, Own> = Omit<Common, keyof Own> & Own;
`;
}

/**
 * A file a framework: what it imports, what a tag takes, and where that is declared.
 * @type {Readonly<Record<string, (tags: readonly string[]) => string>>}
 */
const FRAMEWORKS = {
  react: () => `/** The tags in the JSX of React 19: properties, attributes, and events as \`onchat-message-sent\`. */
import type {ClassAttributes, HTMLAttributes} from 'react';
import type {ChatTag, ElementOf, Extend, ListenersOf, SettingsOf} from './elements.js';

type Tags = {
  [Tag in ChatTag]: Extend<HTMLAttributes<ElementOf<Tag>>, SettingsOf<Tag> & ListenersOf<Tag>> & ClassAttributes<ElementOf<Tag>>;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
`,
  'react-18':
    () => `/** The tags in the JSX of React 17 and 18, which know attributes only: for properties and events take \`ws-chat-elements/react\` or a ref. */
import type {ClassAttributes, HTMLAttributes} from 'react';
import type {AttributesOf, ChatTag, ElementOf, Extend} from './elements.js';

/** A switch that is off is left out: these versions write \`false\` as text. */
type Written<Attributes> = {
  [Name in keyof Attributes]: boolean extends Attributes[Name] ? '' | true | undefined : Attributes[Name];
};

type Tags = {
  [Tag in ChatTag]: Extend<HTMLAttributes<ElementOf<Tag>>, Written<AttributesOf<Tag>> & {class?: string}> &
    ClassAttributes<ElementOf<Tag>>;
};

declare global {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
`,
  preact: (tags) => `/** The tags in the JSX of Preact: properties, attributes, and events as \`onchat-message-sent\`. */
import type {ClassAttributes, JSX} from 'preact';
import type {ChatTag, ElementOf, Extend, ListenersOf, SettingsOf} from './elements.js';

/** What a signal may stand for, too, as in Preact's own tags. */
type Signalled<Settings> = {
  [Name in keyof Settings]:
    | Settings[Name]
    | {value: Settings[Name]; peek(): Settings[Name]; subscribe(listen: (value: Settings[Name]) => void): () => void};
};

type Taken<Tag extends ChatTag> = Extend<
  Omit<JSX.IntrinsicElements['div'], 'ref'>,
  Signalled<SettingsOf<Tag>> & ListenersOf<Tag>
> &
  ClassAttributes<ElementOf<Tag>>;

declare module 'preact' {
  namespace JSX {
    // Each by its name, as they go by one of the others: to take them from a type of all would be a circle for TypeScript 7.
    interface IntrinsicElements {
${tags.map((tag) => `      '${tag}': Taken<'${tag}'>;\n`).join('')}    }
  }
}
`,
  solid:
    () => `/** The tags in the JSX of Solid: properties as \`prop:token\`, attributes, and events as \`on:chat-message-sent\`. */
import type {JSX} from 'solid-js';
import type {ChatElements, ChatTag, ElementOf, EventsOf, Extend, Heard, SettingsOf} from './elements.js';

type Explicit<Tag extends ChatTag, Properties = ChatElements[Tag]['properties']> = {
  [Name in keyof Properties as \`prop:\${Name & string}\`]?: Properties[Name];
} & {
  [Name in keyof EventsOf<Tag> as \`on:\${Name & string}\`]?: ((event: Heard<Tag, Name>) => void) | undefined;
};

/** Solid sets what has no prefix as a property: \`user-id\` as \`userId\`, but \`userId\` as \`userid\`, which is none. */
type Bare<Settings> = {[Name in keyof Settings as Name extends Lowercase<Name & string> ? Name : never]: Settings[Name]};

type Tags = {
  [Tag in ChatTag]: Extend<JSX.HTMLAttributes<ElementOf<Tag>>, Bare<SettingsOf<Tag>> & Explicit<Tag>>;
};

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements extends Tags {}
  }
}
`,
  svelte: () => `/** The tags in the templates of Svelte: properties, attributes, and events as \`onchat-message-sent\`. */
import type {HTMLAttributes} from 'svelte/elements';
import type {ChatTag, ElementOf, Extend, ListenersOf, SettingsOf} from './elements.js';

type Tags = {
  [Tag in ChatTag]: Extend<HTMLAttributes<ElementOf<Tag>>, SettingsOf<Tag> & ListenersOf<Tag>>;
};

declare module 'svelte/elements' {
  interface SvelteHTMLElements extends Tags {}
}
`,
  vue: () => `/** The tags in the templates of Vue: properties, attributes, and events as \`@chat-message-sent\`. */
import type {HTMLAttributes, ReservedProps} from 'vue';
import type {ChatTag, EventsOf, Extend, SettingsOf} from './elements.js';

type Pascal<Name extends string> = Name extends \`\${infer First}-\${infer Rest}\`
  ? \`\${Capitalize<First>}\${Pascal<Rest>}\`
  : Capitalize<Name>;

type Listeners<Tag extends ChatTag> = {
  [Name in keyof EventsOf<Tag> as \`on\${Pascal<Name & string>}\`]?: ((event: EventsOf<Tag>[Name]) => void) | undefined;
};

/** What is written can be a model, as that of any text field. */
type Model<Tag extends ChatTag> = Tag extends 'chat-composer'
  ? {modelValue?: string | undefined; 'onUpdate:modelValue'?: ((value: string) => void) | undefined}
  : unknown;

/** Vue's checker takes an attribute for the property of its name, and a number in an attribute is text. */
type Written<Settings> = {[Name in keyof Settings]: Settings[Name] | (number extends Settings[Name] ? \`\${number}\` : never)};

type Tags = {
  [Tag in ChatTag]: new () => {
    $props: ReservedProps & Extend<HTMLAttributes, Written<SettingsOf<Tag>> & Listeners<Tag>> & Model<Tag>;
  };
};

declare module 'vue' {
  interface GlobalComponents extends Tags {}
  interface HTMLAttributes {
    /** The slot of an element of ours that this goes to. Vue knows its own slots only. */
    slot?: string | undefined;
  }
}
`,
};

/** The names of the files of types, without their ending. */
export const FRAMEWORK_NAMES = Object.keys(FRAMEWORKS);

/** @param {Declaration} element */
const directiveName = ({name}) => name.replace(/Element$/, '');

/** @param {Field} field */
const isSwitch = ({type}) => type?.text === 'boolean';

/**
 * What a router, a portal or `@defer` shows is in the page before Angular sets what is bound, and what a server has rendered is there
 * before Angular is: a connection that begins at once would begin without its person or token.
 */
const AFTER_BINDINGS = `  isSent = i0.inject(i0.PLATFORM_ID) === 'server';
  constructor() {
    this.element.scheduleUpdate = () => new Promise((go) => (this.go = go)).then(() => this.element.scheduleUpdate());
  }
  ngOnInit() {
    delete this.element.scheduleUpdate;
    this.go?.();
    this.element.toggleAttribute('defer-hydration', this.isSent);
  }
`;

/** @param {Declaration} element */
function directive(element) {
  const name = directiveName(element);
  const properties = propertiesOf(element);
  const inputs = properties.map((one) => {
    const {name: input} = one;
    return isSwitch(one) ? `${input}: ['${input}', '${input}', i0.booleanAttribute]` : `${input}: '${input}'`;
  });
  const setters = properties.map(({name: input}) => `  set ${input}(value) { this.element.${input} = value; }\n`);
  return `export class ${name} {
  element = i0.inject(i0.ElementRef).nativeElement;
${element.tagName === 'chat-connection' ? AFTER_BINDINGS : ''}${setters.join('')}  static ɵfac = i0.ɵɵngDeclareFactory({
    minVersion: '16.1.0', version: '20.0.0', ngImport: i0, type: ${name}, deps: [], target: i0.ɵɵFactoryTarget.Directive,
  });
  static ɵdir = i0.ɵɵngDeclareDirective({
    minVersion: '16.1.0', version: '20.0.0', type: ${name}, isStandalone: true, selector: '${element.tagName}', ngImport: i0,
    inputs: {${inputs.join(', ')}},
  });
}
`;
}

/** @param {Declaration} element */
function directiveTypes(element) {
  const name = directiveName(element);
  const properties = propertiesOf(element);
  const setters = properties.map(
    (one) =>
      `${doc(one.description, '  ')}  set ${one.name}(value: Given<${element.name}['${one.name}']> | undefined);\n${
        isSwitch(one) ? `  static ngAcceptInputType_${one.name}: boolean | '' | undefined;\n` : ''
      }`,
  );
  const inputs = properties.map(({name: input}) => `    ${input}: {alias: '${input}'; required: false};\n`);
  return `/** \`<${element.tagName}>\`. */
export declare class ${name} {
  readonly element: ${element.name};
${setters.join('')}  static ɵfac: i0.ɵɵFactoryDeclaration<${name}, never>;
  static ɵdir: i0.ɵɵDirectiveDeclaration<${name}, '${element.tagName}', never, {\n${inputs.join('')}  }, {}, never, never, true, never>;
}
`;
}

/** The door for Angular, in the form that its linker takes from libraries. @param {readonly Declaration[]} elements */
function angularFiles(elements) {
  const names = elements.map(directiveName);
  const imports = elements.map(({name, tagName}) => `import type {${name}} from './elements/${tagName}.js';\n`);
  const comment = `/** The elements as standalone directives: a component that imports them has its bindings checked. Importing this registers them. */\n`;
  return {
    'angular.js': `${GENERATED}import * as i0 from '@angular/core';\nimport './index.js';\n\n${elements
      .map(directive)
      .join('\n')}\nexport const CHAT_ELEMENTS = [${names.join(', ')}];\n`,
    'angular.d.ts': `${GENERATED}${comment}import * as i0 from '@angular/core';\n${imports.join('')}import type {Given} from './model/index.js';
export type * from './elements/dom-events.js';\n
${elements.map(directiveTypes).join('\n')}
/** All of them, for \`imports\` of a component. */
export declare const CHAT_ELEMENTS: readonly [${names.map((name) => `typeof ${name}`).join(', ')}];
`,
  };
}

/**
 * Writes them.
 * @param {string} folder
 * @param {{modules: readonly {declarations: readonly Declaration[]}[]}} manifest
 */
export function writeFrameworkTypes(folder, manifest) {
  const elements = manifest.modules.flatMap(({declarations}) => declarations);
  mkdirSync(join(folder, 'types'), {recursive: true});
  writeFileSync(join(folder, 'types/elements.d.ts'), elementsFile(elements));
  for (const [name, write] of Object.entries(FRAMEWORKS)) {
    writeFileSync(join(folder, `types/${name}.d.ts`), GENERATED + write(elements.map(({tagName}) => tagName)));
    // So that an import for the types alone leads somewhere when the code runs.
    writeFileSync(join(folder, `types/${name}.js`), 'export {};\n');
  }
  for (const [name, text] of Object.entries(angularFiles(elements))) writeFileSync(join(folder, name), text);
}
