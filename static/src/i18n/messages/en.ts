/// English, as one file for the browser.
export default import.meta.glob<Record<string, string>>('./en/*.json', { eager: true, import: 'default' });
