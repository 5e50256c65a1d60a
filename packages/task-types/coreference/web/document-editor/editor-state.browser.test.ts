import type { DocumentContent } from '@casebook/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../document-editor/contract.ts';
import { historyFrom } from '../../document-editor/history.ts';
import { startOf } from '../../document-editor/start.ts';
import { EditorState } from './editor-state.svelte.ts';
import { Pass } from './pass.svelte.ts';

const DOCUMENT: DocumentContent = {
  tokens: 'The widow of the lamplighter wept . She left him the ledger .'
    .split(' ')
    .map((text) => ({ text })),
  sentences: [
    [0, 7],
    [7, 13],
  ],
  paragraphs: [[0, 13]],
  mentions: [
    { id: 'widow', ranges: [[0, 5]] },
    { id: 'lamplighter', ranges: [[3, 5]] },
    { id: 'she', ranges: [[7, 8]] },
    { id: 'him', ranges: [[9, 10]] },
  ],
  chains: [
    { id: 'A', mentions: ['widow', 'she'] },
    { id: 'B', mentions: ['lamplighter'] },
  ],
  language: 'en',
};

let entries: LogEntry[];
let editor: EditorState;

beforeEach(() => {
  entries = [];
  const { annotation } = startOf(DOCUMENT, { kind: 'annotated', by: 'system', name: 'chains 2.1' });
  const pass = new Pass(DOCUMENT, historyFrom(annotation), 0, (entry) => {
    entries.push(entry);
  });
  editor = new EditorState(pass);
});

describe('the place in the text', () => {
  it('is the innermost mention at a token, then the one around it', () => {
    editor.selectAt(3);
    expect(editor.place.selectedId).toBe('lamplighter');
    editor.selectAt(3);
    expect(editor.place.selectedId).toBe('widow');
    expect(editor.voice.said).toBe(
      'The widow of the lamplighter: entity 1, The widow of the lamplighter, mention 1 of 2',
    );
  });

  it('goes round the mentions of an entity, and from mention to mention', () => {
    editor.place.select('she');
    editor.place.nextOfEntity(1);
    expect(editor.place.selectedId).toBe('widow');
    editor.place.nextMention(1);
    expect(editor.place.selectedId).toBe('lamplighter');
    editor.place.nextMention(-1);
    editor.place.nextMention(-1);
    expect(editor.voice.said).toBe('No mention before this.');
  });

  it('is left step by step: what was begun first, then the mention', () => {
    editor.place.select('she');
    editor.picks.begin('refer');
    editor.leave();
    expect([editor.modes.now.kind, editor.place.selectedId]).toEqual(['reading', 'she']);
    editor.leave();
    expect(editor.place.selectedId).toBeNull();
  });
});

describe('spans', () => {
  it('of a mention are stretched from where they are', () => {
    editor.place.select('she');
    editor.spans.extend('end', 1);
    expect(editor.spans.take()).toBe(true);
    expect(entries).toEqual([{ kind: 'respan-mention', mention: 'she', ranges: [[7, 9]] }]);
    expect(editor.place.selectedId).toBe('she');
  });

  it('that are chosen become a mention as soon as something is said of it', () => {
    editor.spans.choose({ kind: 'make' }, 10, 11);
    editor.standings.openNew();
    expect(entries.map(({ kind }) => kind)).toEqual(['make-mention', 'open-entity']);
    expect(editor.place.entity?.mentions).toHaveLength(1);
  });
});

describe('picking', () => {
  it('offers the nearest before first, and answers with what is marked', () => {
    editor.place.select('him');
    editor.picks.begin('refer');
    expect(editor.modes.picking?.found.map(({ id }) => id)).toEqual(['A', 'B']);
    editor.picks.propose('lamplighter');
    editor.picks.confirm();
    expect(entries).toEqual([{ kind: 'link', mention: 'him', entity: 'B' }]);
    expect(editor.modes.now.kind).toBe('reading');
  });

  it('keeps its list for as long as it is there, whatever becomes of the annotation', () => {
    editor.place.select('him');
    editor.picks.begin('refer');
    const { picking } = editor.modes;
    const before = picking?.found;
    editor.picks.confirm();
    expect(picking?.found).toBe(before);
  });

  it('does not begin where there is nothing to say it of', () => {
    editor.picks.begin('merge');
    expect(editor.voice.refusal).toContain('Select a mention first');
    editor.place.select('him');
    editor.picks.begin('merge');
    expect(editor.voice.refusal).toBe('It is in no entity that could be merged.');
  });
});

describe('entities', () => {
  it('are split where the mention stands, and named', () => {
    editor.place.select('she');
    editor.entities.beginSplit();
    editor.entities.split();
    editor.entities.describe();
    editor.entities.described(' the widow ', '');
    expect(entries.map(({ kind }) => kind)).toEqual(['split-entity', 'name-entity']);
    expect(editor.place.entity?.name).toBe('the widow');
  });
});

describe('words in the text', () => {
  it('are found round its end', () => {
    editor.finding.begin();
    editor.finding.sought = 'the';
    editor.finding.next(1);
    expect(editor.place.cursor).toBe(3);
    editor.finding.next(1);
    editor.finding.next(1);
    expect(editor.place.cursor).toBe(0);
    expect(editor.voice.said).toMatch(/^1 of 3: The widow/u);
  });
});

describe('steps', () => {
  it('are taken back and done again, and what each was is said', () => {
    editor.place.select('him');
    editor.standings.nonReferring();
    editor.steps.undo();
    expect(editor.voice.said).toBe('Undone: “him” refers to nothing.');
    expect(editor.place.selected?.standing.kind).toBe('open');
    editor.steps.redo();
    expect(editor.place.selected?.standing.kind).toBe('non-referring');
    editor.steps.redo();
    expect(editor.voice.refusal).toBe('There is nothing to do again.');
  });
});
