using System.Text;

namespace Experiments.Packages.Tests.Support;

/// <summary>A C# block of a README.</summary>
/// <param name="Kind">What the comment before it says: <c>program: web</c>, <c>types</c>; empty for statements that go on from a program.</param>
/// <param name="Line">Where it starts, from 1.</param>
internal sealed record ReadmeBlock(string Kind, int Line, string Code)
{
    private const string Fence = "```";

    public static IReadOnlyList<ReadmeBlock> Read(string path)
    {
        List<ReadmeBlock> blocks = [];
        string[] lines = File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                continue;
            }

            int end = Array.FindIndex(lines, i + 1, line => line == Fence);
            if (lines[i] == Fence + "csharp")
            {
                string before = i > 0 ? lines[i - 1] : "";
                string kind = before.StartsWith("<!-- ", StringComparison.Ordinal) ? before[5..^4] : "";
                blocks.Add(new ReadmeBlock(kind, i + 2, string.Join('\n', lines[(i + 1)..end])));
            }

            i = end;
        }

        return blocks;
    }

    /// <summary>A class with a method for each block of statements.</summary>
    /// <param name="blocks">Of a README; those of another kind are left out.</param>
    /// <param name="parameters">What the statements use.</param>
    public static string Methods(IEnumerable<ReadmeBlock> blocks, string parameters)
    {
        var code = new StringBuilder("internal static class Blocks\n{\n");
        foreach (ReadmeBlock block in blocks.Where(block => block.Kind == ""))
        {
            code.AppendLine($"    public static void Line{block.Line}({parameters})\n    {{\n{block.Code}\n    }}");
        }

        return code.AppendLine("}").ToString();
    }
}
