/// Colours of a drawing by what they mean. The page gives them by its CSS variables, an exported picture as they are here.

/** The colours that a theme gives. */
export type Token = 'ink' | 'ink-soft' | 'surface' | 'alarm' | 'critical' | 'high' | 'medium' | 'low' | 'neutral';

/** A colour of the theme, or one that the file says, which is the same in all themes. */
export type Paint = { readonly token: Token } | { readonly colour: string } | 'none';

export type Theme = 'light' | 'dark';

export function paint(token: Token): Paint {
  return { token };
}

/** For the page: the CSS variable. */
export function cssPaint(value: Paint): string {
  if (value === 'none') return 'none';
  return 'token' in value ? `var(--${value.token})` : value.colour;
}

/** For a picture of its own: the colour that the variable has in a theme. */
export function themePaint(value: Paint, theme: Theme): string {
  if (value === 'none') return 'none';
  return 'token' in value ? COLOURS[theme][value.token] : value.colour;
}

/** As in styles/tokens.css. */
export const COLOURS: Readonly<Record<Theme, Readonly<Record<Token, string>>>> = {
  light: {
    ink: '#1d2321',
    'ink-soft': '#565c57',
    surface: '#ffffff',
    alarm: '#c4161c',
    critical: '#8f1d14',
    high: '#8a3a00',
    medium: '#6b5200',
    low: '#33566b',
    neutral: '#4d534f',
  },
  dark: {
    ink: '#e8ece9',
    'ink-soft': '#a8b2ac',
    surface: '#1a211e',
    alarm: '#ff8f85',
    critical: '#ffaea4',
    high: '#ffb98a',
    medium: '#f0d272',
    low: '#a9d2ea',
    neutral: '#c0c7c2',
  },
};

const BLACK = /^(#333(333)?|#000(000)?|black)$/i;
const RED = /^(red|#f00|#ff0000)$/i;
/** A plain colour: a number or a name, nothing that could fetch or hide. */
const PLAIN = /^(#[0-9a-f]{3,8}|[a-z]{3,24})$/i;
const UNSEEN = /^(none|transparent|inherit|initial|unset|currentcolor)$/i;

/**
 * The paint of a stored stroke. Black is the ink of the theme; so is red, which the format stores for open
 * threats: whether there are any is seen from the threats themselves.
 */
export function storedPaint(stroke: string | undefined): Paint {
  if (stroke === undefined || BLACK.test(stroke) || RED.test(stroke)) return paint('ink');
  return PLAIN.test(stroke) && !UNSEEN.test(stroke) ? { colour: stroke } : paint('ink');
}
