'use client'

import type { ReactNode } from 'react'
import { Dialog, DialogContent } from '@/ui/kit/dialog'

/** A panel as large as the window. */
export function FullScreen({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  return (
    <Dialog open onOpenChange={open => !open && onClose()}>
      <DialogContent
        // The panel inside shows its title itself.
        title={<span className="sr-only">{title}</span>}
        className="inset-2 flex h-[calc(100dvh-16px)] max-h-none w-auto max-w-none translate-x-0 [&>div:last-child]:flex [&>div:last-child]:flex-col"
      >
        {children}
      </DialogContent>
    </Dialog>
  )
}
