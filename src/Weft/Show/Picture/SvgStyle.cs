// The colours of a picture, light and dark. Classes and not variables: viewers that know no CSS variables show the light ones.
// No font is fetched; every letter of the ones named here is as wide as the next.

namespace Weft.Show.Picture;

internal static class SvgStyle
{
    public const string Sheet =
        """

        text { font-family: ui-monospace, "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace; font-size: 12px; fill: #24292f; }
        .title { font-size: 16px; font-weight: bold; }
        .head, .legend { fill: #57606a; }
        .name { font-size: 12px; font-weight: bold; }
        .small { font-size: 11px; fill: #424a53; }
        .paper { fill: #ffffff; }
        .box { fill: #f6f8fa; stroke: #6e7781; stroke-width: 1.3; }
        .edge { fill: none; stroke: #6e7781; stroke-width: 1.5; }
        .foreign .box, .edge.foreign { stroke-dasharray: 5 3; }
        .good .box { fill: #eaf7ee; stroke: #1a7f37; }
        .waiting .box { fill: #eef4fb; stroke: #4a6f9c; }
        .doubtful .box { fill: #fff5d6; stroke: #9a6700; }
        .bad .box { fill: #ffecea; stroke: #cf222e; }
        .off .box { fill: #ececef; stroke: #57606a; }
        .mark { stroke: none; fill: #6e7781; }
        .good .mark { fill: #1a7f37; }
        .waiting .mark { fill: none; stroke: #4a6f9c; stroke-width: 2; }
        .doubtful .mark { fill: #9a6700; }
        .bad .mark { fill: #cf222e; }
        .off .mark { fill: #57606a; }
        .edge.good { stroke: #1a7f37; stroke-width: 2; }
        .edge.waiting { stroke: #4a6f9c; stroke-width: 1.2; }
        .edge.doubtful { stroke: #9a6700; stroke-dasharray: 8 4; }
        .edge.bad { stroke: #cf222e; stroke-dasharray: 2 4; }
        .edge.off { stroke: #8c959f; stroke-dasharray: 2 4; }
        .cross { fill: none; stroke: #cf222e; stroke-width: 2; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .head, .legend { fill: #9aa4af; }
          .small { fill: #c3ccd5; }
          .paper { fill: #0d1117; }
          .box { fill: #161b22; stroke: #8b949e; }
          .edge { stroke: #8b949e; }
          .good .box { fill: #10261a; stroke: #3fb950; }
          .waiting .box { fill: #122033; stroke: #79a8dd; }
          .doubtful .box { fill: #2b220c; stroke: #d29922; }
          .bad .box { fill: #321517; stroke: #f85149; }
          .off .box { fill: #21262d; stroke: #8b949e; }
          .mark { fill: #8b949e; }
          .good .mark { fill: #3fb950; }
          .waiting .mark { fill: none; stroke: #79a8dd; }
          .doubtful .mark { fill: #d29922; }
          .bad .mark { fill: #f85149; }
          .off .mark { fill: #8b949e; }
          .edge.good { stroke: #3fb950; }
          .edge.waiting { stroke: #79a8dd; }
          .edge.doubtful { stroke: #d29922; }
          .edge.bad { stroke: #f85149; }
          .edge.off { stroke: #6e7681; }
          .cross { stroke: #f85149; }
        }

        """;
}
