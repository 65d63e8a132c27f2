namespace Experiments.Tests.Support;

/// <summary>Lines that a process has printed, in the order in which they arrived. Thread-safe.</summary>
public sealed class ProcessOutput
{
    private const int ShownLines = 200;

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];

    /// <summary>All lines so far, each after <c>out: </c> or <c>err: </c>; the command line of each start follows <c>harness: </c>.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Whether some line contains the text (ordinal).</summary>
    public bool Contains(string text) => Lines.Any(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>The last 200 lines, for failure messages.</summary>
    public override string ToString()
    {
        IReadOnlyList<string> lines = Lines;
        IEnumerable<string> shown = lines.Skip(lines.Count - ShownLines);
        string heading = $"--- last {Math.Min(ShownLines, lines.Count)} of {lines.Count} lines ---";
        return string.Join(Environment.NewLine, shown.Prepend(heading));
    }

    /// <summary>Adds a line; null, which is how a closed stream is reported, adds nothing.</summary>
    internal void Add(string origin, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lock)
        {
            _lines.Add($"{origin}: {line}");
        }
    }
}
