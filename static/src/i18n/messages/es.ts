/// Spanish, as one file for the browser.
export default import.meta.glob<Record<string, string>>('./es/*.json', { eager: true, import: 'default' });
