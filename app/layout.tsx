import type { Metadata, Viewport } from 'next'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import type { ReactNode } from 'react'
import { RevealScript } from '@/ui/kit/reveal-script'
import { ThemeScript } from '@/ui/kit/theme-script'
import { Toaster } from '@/ui/kit/toaster'
import { TrpcProvider } from '@/ui/trpc/client'
import './globals.css'

export const metadata: Metadata = { title: { default: 'Trackside', template: '%s · Trackside' } }

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#16181b' },
  ],
}

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <ThemeScript />
        <RevealScript />
      </head>
      <body>
        <NuqsAdapter>
          <TrpcProvider>{children}</TrpcProvider>
        </NuqsAdapter>
        <Toaster />
      </body>
    </html>
  )
}
