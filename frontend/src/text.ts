// The text of a post as LinkedIn counts it: code points, a mention as the name that it shows.

/** Longest commentary that LinkedIn takes (contract 02, section 5: counted on the parsed text). */
export const MAX_COMMENTARY = 3000;

const MENTION = /@\[((?:\\.|[^\]\\])*)\]\((urn:li:(?:person|organization):[A-Za-z0-9_-]+)\)/gu;
const HASHTAG = /(^|[\s.,;:!?'"“”‘’])([#\uFF03][\p{L}\p{N}\p{M}]+)/gu;

export type Piece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "mention"; readonly text: string; readonly urn: string }
  | { readonly kind: "hashtag"; readonly text: string };

/** Split a text into what readers will see: plain runs, mentions by their name, hashtags. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(MENTION)) {
    found.push(...withHashtags(text.slice(from, match.index)));
    const [whole, name = "", urn = ""] = match;
    found.push({ kind: "mention", text: name.replace(/\\(.)/gu, "$1"), urn });
    from = match.index + whole.length;
  }
  found.push(...withHashtags(text.slice(from)));
  return found;
}

/** Count the characters that LinkedIn counts. */
export function countCharacters(text: string): number {
  return pieces(text).reduce((sum, piece) => sum + [...piece.text].length, 0);
}

function withHashtags(text: string): Piece[] {
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
