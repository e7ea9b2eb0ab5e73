// The draft in this browser: whatever is typed survives a reload, a crash and a failed send.

export interface DraftPicture {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly facts: string;
  readonly altText: string;
}

export interface Draft {
  readonly text: string;
  readonly pictures: readonly DraftPicture[];
  readonly author: string;
  readonly when: string;
  readonly date: string;
  readonly time: string;
  readonly zone: string;
  readonly visibility: string;
}

/** Keeps one draft under one key. Storage that is full or forbidden is reported, never thrown. */
export class DraftBox {
  constructor(private readonly key: string) {}

  read(): Partial<Draft> | null {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(this.key) ?? "null");
      return typeof kept === "object" && kept !== null ? (kept as Partial<Draft>) : null;
    } catch {
      return null;
    }
  }

  keep(draft: Draft): boolean {
    try {
      localStorage.setItem(this.key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  clear(): void {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // Nothing was kept, so nothing is left.
    }
  }
}
