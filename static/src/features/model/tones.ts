/// The colour that goes with a severity or a status.
import type { Tone } from '../../ui/Badge.svelte';

const SEVERITY_TONES: Record<string, Tone> = {
  Critical: 'critical',
  High: 'high',
  Medium: 'medium',
  Low: 'low',
};

export function severityTone(severity: string): Tone {
  return (Object.hasOwn(SEVERITY_TONES, severity) && SEVERITY_TONES[severity]) || 'neutral';
}

export function statusTone(status: string): Tone {
  if (status === 'Open') return 'critical';
  return status === 'Mitigated' || status === 'Eliminated' ? 'good' : 'neutral';
}
