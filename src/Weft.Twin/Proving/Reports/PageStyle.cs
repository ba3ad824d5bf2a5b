// The page's look: light or dark as the reader's system has it, every colour with a contrast of 4.5 to its ground at least. No selector holds a sign that XML would escape.

namespace Weft.Twin.Proving.Reports;

internal static class PageStyle
{
    public const string Sheet =
        """

        :root { --paper: #f6f8fa; --card: #ffffff; --ink: #1f2328; --soft: #57606a; --line: #d0d7de; --good: #1a7f37; --goodbg: #dafbe1; --bad: #b3202b; --badbg: #ffebe9; --open: #7d4e00; --openbg: #fff3c4; --slow: #0b5cad; --slowbg: #ddf0ff; --link: #0b5cad; }
        @media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --card: #151b23; --ink: #e6edf3; --soft: #a3adb8; --line: #3d444d; --good: #56d364; --goodbg: #12301c; --bad: #ff8a80; --badbg: #3d1a1c; --open: #e8b94a; --openbg: #332701; --slow: #8cc4ff; --slowbg: #11294a; --link: #8cc4ff; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
        main { max-width: 1120px; margin: 0 auto; padding: 24px 16px 48px; }
        h1 { font-size: 28px; line-height: 1.2; margin: 0 0 4px; }
        h2 { font-size: 19px; margin: 32px 0 10px; }
        h3 { font-size: 16px; margin: 0 0 4px; }
        p { margin: 2px 0; }
        a { color: var(--link); }
        code, pre, .files, .place, .when { font-family: ui-monospace, "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; font-size: 13px; }
        pre { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 8px 10px; margin: 10px 0 0; white-space: pre-wrap; }
        .faint, .files { color: var(--soft); }
        .faint { font-size: 14px; }
        .lost { color: var(--bad); }
        .doubt { color: var(--open); }
        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 10px; margin: 18px 0 0; }
        .tile { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; display: flex; flex-direction: column-reverse; }
        .tile dt { color: var(--soft); font-size: 13px; }
        .tile dd { margin: 0; font-size: 24px; font-weight: 650; line-height: 1.25; }
        .tile.good dd { color: var(--good); }
        .tile.bad dd { color: var(--bad); }
        .tile.open dd { color: var(--open); }
        .scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
        .topology { padding: 8px; }
        svg { display: block; margin: 0 auto; }
        svg text { fill: var(--ink); font: 12px ui-monospace, "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; }
        svg .name { font-weight: bold; font-size: 13px; }
        svg .small { fill: var(--soft); font-size: 11px; }
        svg rect { fill: var(--card); stroke: var(--line); stroke-width: 1.2; }
        svg .frame { fill: none; stroke: var(--soft); stroke-dasharray: 5 4; }
        svg .behind { opacity: .5; }
        svg .switch rect { fill: var(--slowbg); stroke: var(--slow); }
        svg .bond rect { fill: var(--paper); }
        svg .off rect { stroke-dasharray: 3 3; }
        svg path { fill: none; stroke: var(--slow); stroke-width: 2; }
        svg .joint { stroke: var(--soft); stroke-width: 1.5; }
        svg .peer { stroke-dasharray: 4 3; }
        svg .cable.off { stroke: var(--soft); stroke-dasharray: 2 4; }
        .expected { list-style: none; margin: 0; padding: 0; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
        .expected li { display: grid; grid-template-columns: 22px 100px 1fr; gap: 8px; padding: 10px 12px; border-top: 1px solid var(--line); align-items: start; scroll-margin: 8px; }
        .expected li:first-child { border-top: 0; }
        .number { color: var(--soft); font-variant-numeric: tabular-nums; text-align: right; }
        .badge { white-space: nowrap; border-radius: 999px; padding: 1px 10px; font-size: 13px; font-weight: 600; text-align: center; }
        .badge.proven { color: var(--good); background: var(--goodbg); }
        .badge.refuted { color: var(--bad); background: var(--badbg); }
        .badge.undecided { color: var(--open); background: var(--openbg); }
        table { border-collapse: collapse; width: 100%; font-size: 14px; }
        th, td { padding: 5px 10px; text-align: center; white-space: nowrap; border-top: 1px solid var(--line); font-weight: 400; }
        thead th { border-top: 0; font-weight: 600; }
        th:first-child { text-align: left; position: sticky; left: 0; background: var(--card); }
        tbody th[scope=row] { white-space: normal; min-width: 150px; }
        tr.title th { color: var(--soft); font-size: 13px; font-weight: 600; background: var(--paper); }
        td { font-variant-numeric: tabular-nums; }
        td.good { color: var(--good); background: var(--goodbg); }
        td.slow { color: var(--slow); background: var(--slowbg); }
        td.bad { color: var(--bad); background: var(--badbg); font-weight: 600; }
        td.none { color: var(--soft); }
        article { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 14px; margin: 0 0 12px; scroll-margin: 8px; }
        .drawn { margin: 12px 0 8px; }
        .lane { display: grid; grid-template-columns: 74px 1fr; align-items: center; gap: 8px; margin: 4px 0; }
        .lane-name { color: var(--soft); font-size: 13px; }
        .bar { position: relative; height: 16px; border-radius: 4px; background: var(--paper); border: 1px solid var(--line); }
        .bar.good { background: var(--good); }
        .bar i { position: absolute; top: -1px; bottom: -1px; }
        .bar .gone { background: repeating-linear-gradient(135deg, var(--bad) 0 6px, var(--card) 6px 9px); border: 1px solid var(--bad); }
        .bar .mark { width: 3px; margin-left: -1px; background: var(--slow); border-radius: 2px; }
        .bar .mark.fail { background: var(--bad); width: 5px; margin-left: -2px; }
        .ticks { display: flex; justify-content: space-between; color: var(--soft); font-size: 12px; }
        .events { list-style: none; margin: 0; padding: 0; font-size: 14px; }
        .events li { display: grid; grid-template-columns: 82px 1fr; gap: 8px; padding: 3px 0 3px 10px; border-left: 3px solid var(--slow); }
        .events li.fail, .events li.gone { border-left-color: var(--bad); }
        .events li.faint { display: block; border-left-color: var(--line); }
        .when { color: var(--soft); text-align: right; padding-top: 1px; }
        :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
        @media (max-width: 560px) {
          .expected li { grid-template-columns: 22px 1fr; }
          .expected li div { grid-column: 1 / -1; }
          .files { overflow-wrap: anywhere; }
          .badge { justify-self: start; }
          th, td { padding: 5px 7px; }
          .lane { grid-template-columns: 62px 1fr; }
        }
        @media print { body { background: #fff; } .scroll { overflow: visible; } }

        """;
}
