import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ThemeScript } from '@/ui/kit/theme-script'
import './globals.css'

export const metadata: Metadata = { title: { default: 'Trackside', template: '%s · Trackside' } }

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <ThemeScript />
      </head>
      <body>{children}</body>
    </html>
  )
}
