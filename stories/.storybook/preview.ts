import {setCustomElementsManifest, type Preview} from '@storybook/web-components-vite';
import manifest from '../../custom-elements.json' with {type: 'json'};
import {registerLocale, stringsFor, type StringsInput} from '../../src/i18n/index.js';
import {showPreset} from './presets.js';

setCustomElementsManifest(manifest);

const locales = import.meta.glob<StringsInput>('../../src/i18n/locales/*.ts', {import: 'default', eager: true});
for (const strings of Object.values(locales)) registerLocale(strings);
const languages = Object.values(locales).map(({locale}) => locale);

const preview: Preview = {
  parameters: {
    layout: 'centered',
    controls: {expanded: true},
    a11y: {test: 'error'},
    // In the order in which somebody meets them.
    options: {
      storySort: {
        order: [
          'Guides',
          [
            'Getting started',
            'Script tag',
            'Laravel and Reverb',
            'Any other backend',
            'In a framework',
            'Theming',
            'Languages',
            'Accessibility',
            'Reliability',
            'Several tabs',
            'Security',
            'Performance',
            'More than one Reverb',
            'Testing your host',
            'Troubleshooting',
          ],
          'Situations',
          'Theme',
          'Elements',
          [
            'chat-connection',
            'chat-conversation',
            'chat-message-list',
            'chat-message',
            'chat-composer',
            'typing-indicator',
            'ws-status-banner',
            'ws-error-dialog',
            'chat-toast',
          ],
        ],
      },
    },
  },
  globalTypes: {
    scheme: {
      description: 'Light or dark',
      toolbar: {title: 'Scheme', icon: 'contrast', items: ['light dark', 'light', 'dark'], dynamicTitle: true},
    },
    direction: {
      description: 'Writing direction',
      toolbar: {title: 'Direction', icon: 'transfer', items: ['of the language', 'ltr', 'rtl'], dynamicTitle: true},
    },
    locale: {
      description: 'Language',
      toolbar: {title: 'Language', icon: 'globe', items: ['en', ...languages.filter((one) => one !== 'en')], dynamicTitle: true},
    },
    preset: {
      description: 'Theme',
      toolbar: {title: 'Theme', icon: 'paintbrush', items: ['default', 'business', 'playful'], dynamicTitle: true},
    },
  },
  initialGlobals: {scheme: 'light dark', direction: 'of the language', locale: 'en', preset: 'default'},
  argTypesEnhancers: [
    // The manifest names all there is to an element, and a story passes on what it has an arg for: a control for the rest does nothing.
    ({component, argTypes, initialArgs}) => {
      if (!component) return argTypes;
      const types = Object.entries(argTypes);
      return Object.fromEntries(
        types.map(([name, type]) => [name, name in initialArgs ? type : {...type, control: {disable: true}}]),
      );
    },
  ],
  decorators: [
    (story, {globals}) => {
      const {scheme, direction, locale, preset} = globals as Readonly<Record<string, string>>;
      const page = document.documentElement;
      page.style.colorScheme = scheme ?? '';
      page.dir = direction === 'ltr' || direction === 'rtl' ? direction : stringsFor(locale ?? 'en').direction;
      page.lang = locale ?? 'en';
      showPreset(preset ?? 'default');
      document.body.style.background = 'Canvas';
      document.body.style.color = 'CanvasText';
      return story();
    },
  ],
  tags: ['autodocs'],
};

export default preview;
