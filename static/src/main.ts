import { mount } from 'svelte';
import App from './App.svelte';
import { chosen } from './i18n/languages.ts';
import { showLanguage, tags } from './i18n/translate.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/table.css';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element with the id "app"');
await showLanguage(chosen(navigator.languages, tags));
mount(App, { target });
