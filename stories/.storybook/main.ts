import type {StorybookConfig} from '@storybook/web-components-vite';

const config: StorybookConfig = {
  stories: ['../**/*.mdx', '../**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  framework: {
    name: '@storybook/web-components-vite',
    // Not the one at the root: that builds the classic script.
    options: {builder: {viteConfigPath: 'stories/.storybook/vite.config.ts'}},
  },
  core: {disableTelemetry: true, disableWhatsNewNotifications: true},
};

export default config;
