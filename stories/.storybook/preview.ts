import {setCustomElementsManifest, type Preview} from '@storybook/web-components-vite';
import manifest from '../../custom-elements.json' with {type: 'json'};

setCustomElementsManifest(manifest);

const preview: Preview = {
  parameters: {
    layout: 'centered',
    controls: {expanded: true},
    // A violation fails the test of the element; here it is shown beside the story.
    a11y: {test: 'todo'},
    options: {storySort: {order: ['Guides', 'Situations', 'Elements']}},
  },
  globalTypes: {
    scheme: {
      description: 'Light or dark',
      toolbar: {title: 'Scheme', icon: 'contrast', items: ['light dark', 'light', 'dark'], dynamicTitle: true},
    },
    direction: {
      description: 'Writing direction',
      toolbar: {title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true},
    },
    locale: {
      description: 'Language',
      toolbar: {title: 'Language', icon: 'globe', items: ['en'], dynamicTitle: true},
    },
  },
  initialGlobals: {scheme: 'light dark', direction: 'ltr', locale: 'en'},
  decorators: [
    (story, {globals}) => {
      const {scheme, direction, locale} = globals as {scheme: string; direction: string; locale: string};
      const page = document.documentElement;
      page.style.colorScheme = scheme;
      page.dir = direction;
      page.lang = locale;
      document.body.style.background = 'Canvas';
      document.body.style.color = 'CanvasText';
      return story();
    },
  ],
  tags: ['autodocs'],
};

export default preview;
