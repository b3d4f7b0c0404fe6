/// Japanese, as one file for the browser.
export default import.meta.glob<Record<string, string>>('./ja/*.json', { eager: true, import: 'default' });
