import { mount } from 'svelte';
import App from './App.svelte';
import { guessLanguage } from './i18n/choice.svelte.ts';
import { showTheme } from './ui/theme.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/table.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app"');
showTheme();
await guessLanguage();
mount(App, { target });
