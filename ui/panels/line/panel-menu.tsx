'use client'

import { MoreHorizontal } from 'lucide-react'
import type { RefObject } from 'react'
import { IconButton } from '@/ui/kit/button'
import { Menu, MenuContent, MenuItem, MenuSeparator, MenuTrigger } from '@/ui/kit/menu'
import { type ShownPanel, saveCsv, savePng, saveSvg } from './exporting'

export type PanelMenuProps = {
  /** Taken when a file is asked for, not before. */
  shown: () => ShownPanel
  /** Nothing is drawn yet, so there is nothing to save. */
  empty: boolean
  host: RefObject<HTMLElement | null>
  asTable: boolean
  onTable: (asTable: boolean) => void
}

export function PanelMenu({ shown, empty, host, asTable, onTable }: PanelMenuProps) {
  const truth = () => {
    const parts = host.current?.querySelectorAll('article > footer > :not(:last-child)') ?? []
    return [...parts].map(part => part.textContent).join(' · ')
  }
  return (
    <Menu>
      <MenuTrigger asChild>
        <IconButton size="small" label="More">
          <MoreHorizontal aria-hidden />
        </IconButton>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem onSelect={() => onTable(!asTable)}>{asTable ? 'Show as lines' : 'Show as a table'}</MenuItem>
        <MenuSeparator />
        <MenuItem disabled={empty} onSelect={() => void savePng(shown(), truth())}>
          Save as PNG
        </MenuItem>
        <MenuItem disabled={empty} onSelect={() => void saveSvg(shown(), truth())}>
          Save as SVG
        </MenuItem>
        <MenuItem disabled={empty} onSelect={() => saveCsv(shown())}>
          Save what is shown as CSV
        </MenuItem>
      </MenuContent>
    </Menu>
  )
}
