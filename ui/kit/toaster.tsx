'use client'

import { Toaster as Sonner } from 'sonner'
import { useTheme } from './use-theme'

export { toast } from 'sonner'

/** Mounted once. Short notes at the lower right, read out politely. */
export function Toaster() {
  const { theme } = useTheme()
  return (
    <Sonner
      theme={theme}
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: 't-small flex w-80 items-center gap-2.5 rounded-lg bg-raised px-3 py-2.5 text-ink shadow-pop',
          description: 'text-ink-2',
          actionButton: 'ml-auto rounded-md px-2 py-1 font-medium text-accent hover:bg-hover',
          error: '[&_[data-icon]]:text-bad',
          success: '[&_[data-icon]]:text-ok',
        },
      }}
    />
  )
}
