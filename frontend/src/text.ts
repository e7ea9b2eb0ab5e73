// The text of a post as LinkedIn counts and shows it.

/** Longest commentary that LinkedIn takes ("Posts API": the text as a reader sees it counts). */
export const MAX_COMMENTARY = 3000;

// As the service finds them: not inside a word or an address, not mere digits, not half of a name with an underscore.
const HASHTAG = /(^|[^\p{L}\p{N}\p{M}_#\uFF03&/])([#\uFF03](?!\p{N}+(?![\p{L}\p{M}]))[\p{L}\p{N}\p{M}]+)(?![\p{L}\p{N}\p{M}_#\uFF03@])/gu;

export interface Piece {
  readonly kind: "text" | "hashtag";
  readonly text: string;
}

/** Count as the service does: in UTF-16 units, most emoji being two, without the white space around the text. */
export function countCharacters(text: string): number {
  return text.trim().length;
}

/** Split a text into plain runs and the hashtags that become links. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(HASHTAG)) {
    const [, before = "", tag = ""] = match;
    const start = match.index + before.length;
    if (start > from) found.push({ kind: "text", text: text.slice(from, start) });
    found.push({ kind: "hashtag", text: tag });
    from = start + tag.length;
  }
  if (from < text.length) found.push({ kind: "text", text: text.slice(from) });
  return found;
}
