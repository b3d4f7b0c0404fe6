/// French, as one file for the browser.
export default import.meta.glob<Record<string, string>>('./fr/*.json', { eager: true, import: 'default' });
