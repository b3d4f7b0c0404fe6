/// Models that the tests put on the server.

/** Two diagrams: one with threats of each kind, one that is empty. */
export const CHECKOUT = {
  version: '2.3.0',
  summary: { title: 'Web shop checkout', owner: 'Ada Lovelace', description: 'How money moves.\nIn two lines.', id: 0 },
  detail: {
    contributors: [{ name: 'Edsger' }, { name: 'Barbara' }],
    reviewer: 'Grace Hopper',
    diagramTop: 2,
    threatTop: 3,
    diagrams: [
      {
        id: 0,
        title: 'Paying',
        diagramType: 'STRIDE',
        description: 'From the basket to the bank',
        thumbnail: './public/content/images/thumbnail.stride.jpg',
        version: '2.3.0',
        cells: [
          cell('shop', 'process', 'Shop', [
            threat(2, 'Prices changed in transit', 'Tampering', 'Mitigated', 'Medium'),
            threat(1, 'A stranger pays', 'Spoofing', 'Open', 'Critical', 'With a stolen card', 'Ask the bank'),
          ]),
          cell('buyer', 'actor', 'Buyer', []),
          {
            ...cell('order', 'flow', 'Order', [
              threat(3, 'Orders read by others', 'Information disclosure', 'Open', 'TBD'),
            ]),
            source: { cell: 'buyer' },
            target: { cell: 'shop' },
          },
        ],
      },
      {
        id: 1,
        title: 'Shipping',
        diagramType: 'CIA',
        thumbnail: './public/content/images/thumbnail.cia.jpg',
        version: '2.3.0',
        cells: [],
      },
    ],
  },
};

/** Each text of `CHECKOUT` replaced by one that does harm wherever text is taken for more. */
export function hostileModel() {
  const attack =
    `"><img src=x onerror="alert(1)"><script>alert(2)</script><svg onload=alert(3)>` +
    `<a href="javascript:alert(4)">x</a><iframe srcdoc="<script>alert(5)</script>"></iframe>` +
    `{@html '<b>6</b>'} \${alert(7)} \u202Etxt.exe\u0000 ${'w'.repeat(3000)}`;
  const kept = new Set(['version', 'id', 'shape', 'cell', 'thumbnail']);
  const spoil = (value, key) => {
    if (typeof value === 'string') return kept.has(key) ? value : attack;
    if (Array.isArray(value)) return value.map((each) => spoil(each, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoil(each, name)]));
  };
  return spoil(CHECKOUT, '');
}

function cell(id, shape, name, threats) {
  return {
    id,
    shape,
    zIndex: 0,
    position: { x: 10, y: 10 },
    size: { width: 100, height: 100 },
    data: { type: `tm.${shape}`, name, hasOpenThreats: threats.length > 0, threats },
  };
}

function threat(number, title, type, status, severity, description = '', mitigation = '') {
  return { id: `t-${number}`, number, title, type, status, severity, description, mitigation, modelType: 'STRIDE' };
}
