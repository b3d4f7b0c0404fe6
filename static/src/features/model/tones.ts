/// The colour that goes with a severity or a status.
import type { Severity, Status } from '../../model/vocabulary.ts';
import type { Tone } from '../../ui/Badge.svelte';

const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = {
  Critical: 'critical',
  High: 'high',
  Medium: 'medium',
  Low: 'low',
  TBD: 'neutral',
};

export function severityTone(severity: Severity): Tone {
  return SEVERITY_TONES[severity];
}

export function statusTone(status: Status | null): Tone {
  if (status === 'Open') return 'critical';
  return status === 'Mitigated' || status === 'Eliminated' ? 'good' : 'neutral';
}
