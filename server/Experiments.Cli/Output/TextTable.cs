using System.Text;

namespace Experiments.Cli.Output;

/// <summary>
/// Aligned columns under a header: two blanks between them, none at the end of a line, <c>-</c> where there is nothing, one line for each row.
/// </summary>
internal sealed class TextTable(params string[] headers)
{
    private const string Nothing = "-";
    private const string Gap = "  ";
    private const string Bold = "\e[1m";
    private const string Reset = "\e[0m";

    private readonly List<string[]> _rows = [];

    public void Add(params IEnumerable<string?> cells) =>
        _rows.Add([.. cells.Select(static cell => string.IsNullOrEmpty(cell) ? Nothing : SafeText.Line(cell))]);

    public void Write(Terminal terminal)
    {
        int[] widths = [.. headers.Select((header, column) => _rows.Select(row => Width(row[column])).Append(Width(header)).Max())];
        string header = LineOf(headers, widths);
        terminal.Out.WriteLine(terminal.UsesColor ? Bold + header + Reset : header);
        foreach (string[] row in _rows)
        {
            terminal.Out.WriteLine(LineOf(row, widths));
        }
    }

    private static string LineOf(string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (int column = 0; column < cells.Length; column++)
        {
            bool isLast = column == cells.Length - 1;
            line.Append(cells[column]);
            if (!isLast)
            {
                line.Append(' ', widths[column] - Width(cells[column])).Append(Gap);
            }
        }

        return line.ToString();
    }

    private static int Width(string text) => text.EnumerateRunes().Count();
}
