'use client'

import { Maximize2, Minimize2 } from 'lucide-react'
import type { Zoom } from '@/ui/charts/line'
import { IconButton } from '@/ui/kit/button'
import type { PanelRun } from '../panel-run'
import type { Drawing } from './drawing'
import { PanelMenu, type PanelMenuProps } from './panel-menu'
import { PanelSettings, type PanelSettingsActions } from './panel-settings'

export type PanelActionsProps = PanelMenuProps & {
  metric: string
  drawing: Drawing
  runs: readonly PanelRun[]
  settings: PanelSettingsActions | undefined
  window: Zoom | null
  onWindow: (window: Zoom | null) => void
  onFull: (() => void) | undefined
}

/** The buttons in a panel's head. */
export function PanelActions({
  metric,
  drawing,
  runs,
  settings,
  window,
  onWindow,
  onFull,
  ...menu
}: PanelActionsProps) {
  return (
    <>
      {window ? (
        <IconButton size="small" label="Show everything" onClick={() => onWindow(null)}>
          <Minimize2 aria-hidden />
        </IconButton>
      ) : null}
      {settings ? <PanelSettings {...{ metric, drawing, runs, settings }} /> : null}
      {onFull ? (
        <IconButton size="small" label="Full screen" onClick={onFull}>
          <Maximize2 aria-hidden />
        </IconButton>
      ) : null}
      <PanelMenu {...menu} />
    </>
  )
}
