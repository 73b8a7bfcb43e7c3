import { StateIcon, type StateShape, type StateTone } from '@/ui/kit/state-icon'

export type RunStateName = 'queued' | 'running' | 'finished' | 'failed' | 'crashed' | 'stopped' | 'lost'

const looks: Record<RunStateName, { shape: StateShape; tone: StateTone; word: string; means: string }> = {
  queued: { shape: 'ring', tone: 'quiet', word: 'Queued', means: 'has not begun' },
  running: { shape: 'ringed-dot', tone: 'ok', word: 'Running', means: 'training now' },
  finished: { shape: 'tick', tone: 'quiet', word: 'Finished', means: 'ended by itself' },
  failed: { shape: 'cross', tone: 'bad', word: 'Failed', means: 'ended with an error' },
  crashed: { shape: 'triangle', tone: 'bad', word: 'Crashed', means: 'its process died' },
  stopped: { shape: 'square', tone: 'quiet', word: 'Stopped', means: 'ended because it was asked to' },
  lost: { shape: 'broken-ring', tone: 'warn', word: 'Lost', means: 'no word from its machine; it may still train' },
}

export const stateLook = (state: RunStateName) => looks[state]

/** A run's state: by shape, and by word where there is room. */
export function RunState({ state, word }: { state: RunStateName; word?: boolean }) {
  const look = looks[state]
  if (!word) return <StateIcon shape={look.shape} tone={look.tone} label={`${look.word}: ${look.means}`} />
  return (
    <span title={look.means} className="flex items-center gap-1.5 whitespace-nowrap">
      <StateIcon shape={look.shape} tone={look.tone} />
      {look.word}
    </span>
  )
}
