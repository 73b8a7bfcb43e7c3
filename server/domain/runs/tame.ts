/** What a list shows of a stranger's text. jsonb holds no NUL; a name may be as long as a frame. */
export const tame = (text: string) => text.toWellFormed().replaceAll('\0', '\uFFFD').slice(0, 200)
