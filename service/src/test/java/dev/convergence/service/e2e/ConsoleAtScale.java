package dev.convergence.service.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is long stays light: only what is in sight is in the page.
interface ConsoleAtScale {

    Console console();

    @Test
    default void of_a_million_lines_and_five_hundred_steps_only_those_in_sight_are_drawn() {
        Page page = console().signedIn(console().house().onboard("console_long", "STARTER"));
        assertThat(page.evaluate(LOG))
                .isEqualTo(List.of(true, "line 999999", true, "line 0", "line 500000"));
        assertThat(page.evaluate(GANTT)).isEqualTo(List.of(true, "step_499"));
        page.context().close();
    }

    /// Few rows are there at the end; the end is in sight; the same at the front, and a search.
    String LOG =
            """
            async () => {
              const { h, render } = await import('/console/core/dom.js');
              const { Log } = await import('/console/parts/log.js');
              const lines = Array.from({ length: 1000000 }, (_, at) => ({ number: at + 1, at: '2026-11-22T12:00:00Z', text: 'line ' + at }));
              const place = document.createElement('div');
              document.querySelector('main').replaceChildren(place);
              render(h(Log, { lines, name: 'long', isLive: false }), place);
              const drawn = async () => { for (let i = 0; i < 4; i++) await new Promise(requestAnimationFrame); };
              const all = () => [...place.querySelectorAll('.log-text')];
              for (let i = 0; i < 500 && all().at(-1)?.textContent !== 'line 999999'; i++) await drawn();
              const atEnd = all();
              const last = atEnd.at(-1).textContent;
              place.querySelector('.windowed').scrollTop = 0;
              await drawn();
              const atFront = all();
              const first = atFront[0].textContent;
              const search = place.querySelector('input');
              search.value = 'line 500000';
              search.dispatchEvent(new Event('input', { bubbles: true }));
              while (!place.querySelector('.log-tools').textContent.includes('1 of 1,000,000') || place.textContent.includes('searching')) await drawn();
              const found = all()[0].textContent;
              render(null, place);
              return [atEnd.length < 120, last, atFront.length < 120, first, found];
            }
            """;

    String GANTT =
            """
            async () => {
              const { h, render } = await import('/console/core/dom.js');
              const { Gantt } = await import('/console/parts/gantt.js');
              const rows = Array.from({ length: 500 }, (_, at) => ({ id: 'step_' + at, name: 'step_' + at, isStep: true, state: 'COMPLETED',
                from: new Date(1e12 + at * 1000).toISOString(), to: new Date(1e12 + at * 1000 + 5000).toISOString() }));
              const place = document.createElement('div');
              document.querySelector('main').replaceChildren(place);
              render(h(Gantt, { rows }), place);
              const box = place.querySelector('.windowed');
              box.scrollTop = box.scrollHeight;
              const isAtEnd = () => place.querySelector('.gantt-row:last-child .gantt-name')?.textContent.trim() === 'step_499';
              for (let i = 0; i < 500 && !isAtEnd(); i++) await new Promise(requestAnimationFrame);
              const shown = [...place.querySelectorAll('.gantt-row')];
              const result = [shown.length < 120, shown.at(-1).querySelector('.gantt-name').textContent.trim()];
              render(null, place);
              return result;
            }
            """;
}
