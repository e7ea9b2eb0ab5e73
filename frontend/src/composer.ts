// The composer: counts, previews, uploads, keeps the draft, and says what the button will do.
import { DraftBox, type Draft, type DraftPicture } from "./draft.ts";
import { countCharacters, MAX_COMMENTARY, pieces } from "./text.ts";
import { cityOf, instantOf, sayDistance, sayWhen, wallClockAt, type WallClock } from "./time.ts";
import { fixIn, reasonIn, Refused, upload, type Upload } from "./upload.ts";

interface Finding {
  readonly severity: string;
  readonly where: string;
  readonly message: string;
  readonly fix: string;
}

interface Tile {
  readonly element: HTMLElement;
  readonly altField: HTMLInputElement;
  readonly preview: string;
  picture: Omit<DraftPicture, "altText"> | null;
  upload: Upload | null;
}

const CHECK_AFTER = 600;
const KEEP_AFTER = 250;
const RING_LENGTH = 88;

class Composer {
  private readonly text: HTMLTextAreaElement;
  private readonly file: HTMLInputElement;
  private readonly drop: HTMLElement;
  private readonly strip: HTMLElement;
  private readonly date: HTMLInputElement;
  private readonly time: HTMLInputElement;
  private readonly zone: HTMLSelectElement;
  private readonly button: HTMLButtonElement;
  private readonly consequence: HTMLElement;
  private readonly csrf: string;
  private readonly maxPictures: number;
  private readonly box: DraftBox;
  private tiles: Tile[] = [];
  private unfolded = false;
  private sending = false;
  private keepTimer = 0;
  private checkTimer = 0;
  private checkNumber = 0;
  private refusals: readonly Finding[] = [];
  private hasErrors = false;

  constructor(private readonly form: HTMLFormElement) {
    this.text = this.find("textarea", HTMLTextAreaElement);
    this.file = this.find("[data-file]", HTMLInputElement);
    this.drop = this.find("[data-drop]", HTMLElement);
    this.strip = this.find("[data-strip]", HTMLElement);
    this.date = this.find("[name=date]", HTMLInputElement);
    this.time = this.find("[name=time]", HTMLInputElement);
    this.zone = this.find("[name=zone]", HTMLSelectElement);
    this.button = this.find("[data-send]", HTMLButtonElement);
    this.consequence = this.find("[data-consequence]", HTMLElement);
    this.csrf = this.find("[name=csrf]", HTMLInputElement).value;
    this.maxPictures = Number(form.dataset["maxPictures"] ?? "1");
    this.box = new DraftBox(form.dataset["draft"] ?? "inroad.draft");
    this.startTime();
    this.restore();
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => void this.send(event));
    form.addEventListener("click", (event) => this.clicked(event));
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(this.button);
    });
    this.listenForPictures();
    window.addEventListener("pagehide", () => {
      if (this.keepTimer !== 0 && !this.sending) this.keep();
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.askForFindings(); // something may have been mended in another tab
    });
    window.setInterval(() => this.showTime(), 10_000);
    this.show();
    this.askForFindings();
  }

  private find<T extends Element>(selector: string, type: new () => T): T {
    const found = this.form.querySelector(selector);
    if (!(found instanceof type)) throw new Error(`the composer has no ${selector}`);
    return found;
  }

  private chosen(name: string): string {
    return this.form.querySelector<HTMLInputElement>(`[name=${name}]:checked`)?.value ?? "";
  }

  private choose(name: string, value: string | undefined): void {
    for (const choice of this.form.querySelectorAll<HTMLInputElement>(`[name=${name}]`)) {
      if (choice.value === value) choice.checked = true;
    }
  }

  // The draft.

  private startTime(): void {
    const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (this.form.dataset["zoneChosen"] === undefined) this.chooseZone(own);
    if (this.date.value !== "") return;
    const hour = 3_600_000;
    const next = new Date(Math.ceil((Date.now() + hour / 4) / hour) * hour);
    const wall = wallClockAt(next, this.zone.value);
    this.date.value = wall.date;
    this.time.value = wall.time;
  }

  private chooseZone(zone: string): void {
    if (![...this.zone.options].some((option) => option.value === zone)) {
      this.zone.prepend(new Option(cityOf(zone), zone));
    }
    this.zone.value = zone;
  }

  private restore(): void {
    const kept = this.box.read();
    if (kept === null || this.text.value !== "") return;
    this.text.value = kept.text ?? "";
    this.choose("author_id", kept.author);
    this.choose("when", kept.when);
    this.choose("visibility", kept.visibility);
    if (kept.zone) this.chooseZone(kept.zone);
    const wall = { date: kept.date ?? "", time: kept.time ?? "" };
    const instant = instantOf(wall, this.zone.value);
    if (instant !== null && instant.getTime() > Date.now()) {
      this.date.value = wall.date;
      this.time.value = wall.time;
    }
    for (const picture of kept.pictures ?? []) this.addStored(picture);
  }

  private draft(): Draft {
    return {
      text: this.text.value,
      pictures: this.tiles.flatMap((tile) =>
        tile.picture === null ? [] : [{ ...tile.picture, altText: tile.altField.value }],
      ),
      author: this.chosen("author_id"),
      when: this.chosen("when"),
      date: this.date.value,
      time: this.time.value,
      zone: this.zone.value,
      visibility: this.chosen("visibility"),
    };
  }

  private keepSoon(): void {
    window.clearTimeout(this.keepTimer);
    this.keepTimer = window.setTimeout(() => this.keep(), KEEP_AFTER);
  }

  private keep(): void {
    window.clearTimeout(this.keepTimer);
    this.keepTimer = 0;
    const kept = this.box.keep(this.draft());
    this.say("[data-saved]", kept ? "Draft kept in this browser" : "This browser cannot keep the draft");
  }

  // What is shown.

  private changed(): void {
    this.hasErrors = false;
    this.keepSoon();
    this.show();
    window.clearTimeout(this.checkTimer);
    this.checkTimer = window.setTimeout(() => this.askForFindings(), CHECK_AFTER);
  }

  private show(): void {
    const count = countCharacters(this.text.value);
    const output = this.find("[data-count]", HTMLElement);
    output.textContent = `${count.toLocaleString("en")} of ${MAX_COMMENTARY.toLocaleString("en")}`;
    output.toggleAttribute("data-over", count > MAX_COMMENTARY);
    const over = count - MAX_COMMENTARY;
    this.say("[data-count-words]", over > 0 ? `${over.toLocaleString("en")} too many` : "");
    this.drop.hidden = this.tiles.length >= this.maxPictures;
    this.showTime();
    this.showPreview();
  }

  private showTime(): void {
    const later = this.chosen("when") === "later";
    const wall: WallClock = { date: this.date.value, time: this.time.value };
    const instant = later ? instantOf(wall, this.zone.value) : null;
    this.find("[data-when-fields]", HTMLElement).hidden = !later;
    this.say("[data-distance-words]", later ? this.timeWords(wall, instant) : "");
    const blocked = this.blocker(later, instant);
    this.button.disabled = blocked !== "" || this.sending;
    const author = this.authorName();
    if (later && instant !== null) {
      this.button.textContent = `Schedule for ${sayWhen(wall, this.zone.value, new Date())}`;
    } else {
      this.button.textContent = later ? "Schedule" : `Publish now as ${author}`;
    }
    const future = later ? `It goes out by itself, as ${author}.` : "It goes to LinkedIn at once.";
    this.consequence.textContent = blocked === "" ? future : blocked;
  }

  private timeWords(wall: WallClock, instant: Date | null): string {
    if (instant !== null) return sayDistance(instant, new Date());
    if (wall.date === "" || wall.time === "") return "Choose a day and a time.";
    return ""; // The service says which times exist around the gap.
  }

  private blocker(later: boolean, instant: Date | null): string {
    const count = countCharacters(this.text.value);
    if (this.tiles.some((tile) => tile.picture === null)) return "Waiting for the picture to arrive.";
    if (count === 0 && this.tiles.length === 0) return "Write something or add a picture first.";
    if (count > MAX_COMMENTARY) return "The text is too long for LinkedIn.";
    if (later && instant === null) return "The time needs a look.";
    if (later && instant !== null && instant.getTime() <= Date.now()) return "That time has passed.";
    return this.hasErrors ? "It cannot go out like this: see what is marked above." : "";
  }

  private authorName(): string {
    const label = this.form.querySelector<HTMLElement>("[name=author_id]:checked")?.closest("label");
    return label?.dataset["name"] ?? "";
  }

  private showPreview(): void {
    const text = document.querySelector<HTMLElement>("[data-preview-text]");
    const more = document.querySelector<HTMLButtonElement>("[data-preview-more]");
    if (text === null || more === null) return;
    text.replaceChildren(...pieces(this.text.value).map(render));
    if (this.text.value === "") text.textContent = "Your text appears here as readers will see it.";
    text.toggleAttribute("data-empty", this.text.value === "");
    text.toggleAttribute("data-folded", !this.unfolded);
    more.hidden = this.unfolded || text.scrollHeight <= text.clientHeight + 1;
    more.onclick = () => {
      this.unfolded = true;
      this.showPreview();
    };
    const name = this.authorName();
    const label = this.form.querySelector("[name=author_id]:checked")?.closest("label");
    const mark = label?.querySelector(".mark")?.cloneNode(true);
    document.querySelector("[data-preview-name]")?.replaceChildren(name);
    if (mark) document.querySelector("[data-preview-mark]")?.replaceChildren(mark);
    const pictures = this.tiles.map((tile) => {
      const image = new Image();
      image.src = tile.preview;
      image.alt = tile.altField.value;
      return image;
    });
    document.querySelector("[data-preview-pictures]")?.replaceChildren(...pictures);
  }

  private say(selector: string, words: string): void {
    const place = this.form.querySelector(selector);
    if (place && place.textContent !== words) place.textContent = words;
  }

  // Pictures.

  private listenForPictures(): void {
    this.file.addEventListener("change", () => this.takeChosenFiles());
    this.takeChosenFiles(); // chosen before this script had come
    for (const name of ["dragover", "dragenter"]) {
      this.form.addEventListener(name, (event) => {
        event.preventDefault();
        this.drop.setAttribute("data-over", "");
      });
    }
    this.form.addEventListener("dragleave", () => this.drop.removeAttribute("data-over"));
    this.form.addEventListener("drop", (event) => {
      event.preventDefault();
      this.drop.removeAttribute("data-over");
      this.addFiles([...(event.dataTransfer?.files ?? [])]);
    });
    this.text.addEventListener("paste", (event) => this.addFiles([...(event.clipboardData?.files ?? [])]));
  }

  private takeChosenFiles(): void {
    this.addFiles([...(this.file.files ?? [])]);
    this.file.value = "";
  }

  private addFiles(files: readonly File[]): void {
    if (files.length === 0) return;
    this.refusals = [];
    const room = this.maxPictures - this.tiles.length;
    for (const file of files.slice(0, room)) this.addFile(file);
    const leftOut = files.slice(room).map((file) => file.name);
    if (leftOut.length > 0) this.refuse(`A post takes ${this.maxPictures} pictures. Left out: ${leftOut.join(", ")}.`, "");
  }

  private addFile(file: File): void {
    const tile = this.addTile(URL.createObjectURL(file), file.name, "");
    const ring = tile.element.querySelector(".ring .done");
    ring?.setAttribute("stroke-dasharray", String(RING_LENGTH));
    ring?.setAttribute("stroke-dashoffset", String(RING_LENGTH));
    const note = tile.element.querySelector("[data-note]");
    tile.upload = upload(file, this.form.dataset["mediaUrl"] ?? "", this.csrf, (share) => {
      ring?.setAttribute("stroke-dashoffset", String(RING_LENGTH * (1 - share)));
      if (note) note.textContent = share < 1 ? `Uploading, ${Math.round(share * 100)} %` : "Looking at the picture";
    });
    tile.upload.done.then(
      (stored) => this.arrived(tile, stored),
      (reason: unknown) => this.refused(tile, file.name, reason),
    );
    this.changed();
  }

  private arrived(tile: Tile, stored: Omit<DraftPicture, "altText">): void {
    tile.picture = stored;
    tile.element.querySelector(".ring")?.remove();
    const note = tile.element.querySelector("[data-note]");
    if (note) note.textContent = stored.facts;
    this.changed();
  }

  private refused(tile: Tile, name: string, reason: unknown): void {
    if (!this.tiles.includes(tile)) return;
    this.remove(tile);
    const words = reason instanceof Refused ? reason.message : "The picture could not be taken in.";
    const fix = reason instanceof Refused ? reason.fix : "";
    this.refuse(words.includes(name) ? words : `${name}: ${words}`, fix);
  }

  /** Say why a picture was not taken in. It has no tile, so this stays until others are added. */
  private refuse(message: string, fix: string): void {
    this.refusals = [...this.refusals, { severity: "error", where: "media", message, fix }];
    this.showFindings("media", []);
  }

  private addStored(picture: DraftPicture): void {
    const tile = this.addTile(picture.url, picture.name, picture.altText);
    tile.picture = picture;
    tile.element.querySelector(".ring")?.remove();
    const note = tile.element.querySelector("[data-note]");
    if (note) note.textContent = picture.facts;
    const image = tile.element.querySelector("img");
    image?.addEventListener("error", () => {
      this.remove(tile);
      this.changed();
    });
  }

  private addTile(preview: string, name: string, altText: string): Tile {
    const template = this.find("[data-tile]", HTMLTemplateElement);
    const element = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
    const altField = element.querySelector("input") as HTMLInputElement;
    const image = element.querySelector("img") as HTMLImageElement;
    const title = element.querySelector("[data-name]");
    image.src = preview;
    altField.value = altText;
    if (title) title.textContent = name;
    const tile: Tile = { element, altField, preview, picture: null, upload: null };
    element.querySelector("[data-remove]")?.setAttribute("aria-label", `Remove ${name}`);
    element.querySelector("[data-remove]")?.addEventListener("click", () => {
      this.remove(tile);
      this.changed();
      this.file.focus();
    });
    element.querySelector("[data-earlier]")?.setAttribute("aria-label", `Move ${name} one place earlier`);
    element.querySelector("[data-earlier]")?.addEventListener("click", () => this.moveEarlier(tile));
    this.tiles.push(tile);
    this.strip.append(element);
    this.showFindings("media", []);
    return tile;
  }

  private moveEarlier(tile: Tile): void {
    const position = this.tiles.indexOf(tile);
    if (position < 1) return;
    this.tiles.splice(position - 1, 0, ...this.tiles.splice(position, 1));
    this.strip.replaceChildren(...this.tiles.map((each) => each.element));
    tile.element.querySelector<HTMLElement>("[data-earlier]")?.focus();
    this.changed();
  }

  private remove(tile: Tile): void {
    this.tiles = this.tiles.filter((other) => other !== tile);
    tile.element.remove();
    tile.upload?.abort();
    if (tile.preview.startsWith("blob:")) URL.revokeObjectURL(tile.preview);
    this.show();
  }

  // The service's opinion.

  private fields(): URLSearchParams {
    const draft = this.draft();
    const fields = new URLSearchParams({
      csrf: this.csrf,
      text: draft.text,
      author_id: draft.author,
      when: draft.when,
      date: draft.date,
      time: draft.time,
      zone: draft.zone,
      visibility: draft.visibility,
    });
    for (const picture of draft.pictures) {
      fields.append("media_id", picture.id);
      fields.append("alt_text", picture.altText);
    }
    return fields;
  }

  private async ask(address: string): Promise<{ status: number; answer: Record<string, unknown> }> {
    const response = await fetch(address, {
      method: "POST",
      body: this.fields(),
      headers: { Accept: "application/json", "X-CSRF-Token": this.csrf },
    });
    const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    return { status: response.status, answer };
  }

  private askForFindings(): void {
    if (this.text.value.trim() === "" && this.tiles.length === 0) {
      this.checkNumber += 1;
      this.showAllFindings([]);
      return;
    }
    const number = ++this.checkNumber;
    this.ask(this.form.dataset["checkUrl"] ?? "").then(
      ({ status, answer }) => {
        if (number !== this.checkNumber || status !== 200) return;
        const findings = answer["findings"] as Finding[];
        this.showAllFindings(findings);
        this.hasErrors = findings.some((finding) => finding.severity === "error");
        this.showTime();
      },
      () => undefined, // No connection: the check is asked again with the next change, and the send says so itself.
    );
  }

  private showAllFindings(findings: readonly Finding[]): void {
    const places = this.places();
    for (const [where, place] of places) {
      this.fill(
        where,
        place,
        findings.filter((finding) => placeOf(finding.where, places) === where),
      );
    }
  }

  /** Where findings are shown, by what they concern: parts of the form, and each picture's tile. */
  private places(): Map<string, Element> {
    const places = new Map<string, Element>();
    for (const place of this.form.querySelectorAll<HTMLElement>("[data-findings]")) {
      places.set(place.dataset["findings"] ?? "", place);
    }
    this.tiles.forEach((tile, position) => {
      const place = tile.element.querySelector("[data-tile-findings]");
      if (place) places.set(`media[${position}]`, place);
    });
    return places;
  }

  private showFindings(where: string, findings: readonly Finding[]): void {
    const place = this.places().get(where);
    if (place) this.fill(where, place, findings);
  }

  private fill(where: string, place: Element, findings: readonly Finding[]): void {
    const template = this.find("[data-finding]", HTMLTemplateElement);
    const shown = where === "media" ? [...this.refusals, ...findings] : findings;
    place.replaceChildren(
      ...shown.map((finding) => {
        const element = template.content.firstElementChild?.cloneNode(true) as HTMLElement;
        element.classList.add(finding.severity === "error" ? "tone-failed" : "tone-attention");
        element.querySelector("[data-message]")?.append(finding.message);
        element.querySelector("[data-fix]")?.append(finding.fix);
        return element;
      }),
    );
  }

  private clicked(event: Event): void {
    const target = event.target instanceof Element ? event.target : null;
    if (!target?.closest("[data-clear]")) return;
    this.text.value = "";
    for (const tile of [...this.tiles]) this.remove(tile);
    this.refusals = [];
    this.hasErrors = false;
    window.clearTimeout(this.keepTimer);
    this.keepTimer = 0;
    window.clearTimeout(this.checkTimer);
    this.checkNumber += 1; // an answer that is still on its way is about what is gone
    this.box.clear();
    this.showAllFindings([]);
    this.show();
    this.say("[data-saved]", "");
    this.text.focus();
  }

  private async send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.button.disabled || this.sending) return;
    this.sending = true;
    this.button.disabled = true;
    window.clearTimeout(this.checkTimer);
    this.keep();
    try {
      const { status, answer } = await this.ask(this.form.action);
      if (status === 201 && typeof answer["location"] === "string") {
        this.box.clear();
        location.assign(answer["location"]);
        return;
      }
      const findings = (answer["findings"] as Finding[] | undefined) ?? [];
      const said: Finding = { severity: "error", where: "send", message: reasonIn(answer, status), fix: fixIn(answer) };
      this.showAllFindings(findings.length > 0 ? findings : [said]);
    } catch {
      const message = "The service could not be reached. Nothing was sent; the draft is kept in this browser.";
      this.showAllFindings([{ severity: "error", where: "send", message, fix: "Try again in a moment." }]);
    }
    this.sending = false;
    this.showTime();
  }
}

/** The place for what a finding concerns: `media[0].alt_text` belongs to the first tile, what has no place to the send. */
function placeOf(where: string, places: ReadonlyMap<string, Element>): string {
  if (where === "zone") return "time";
  const [part = ""] = where.split(".");
  if (places.has(part)) return part;
  return part.startsWith("media") ? "media" : "send";
}

function render(piece: ReturnType<typeof pieces>[number]): Node {
  if (piece.kind === "text") return document.createTextNode(piece.text);
  const span = document.createElement("span");
  span.className = "tag";
  span.textContent = piece.text;
  return span;
}

const form = document.querySelector<HTMLFormElement>("form[data-composer]");
if (form) new Composer(form);
