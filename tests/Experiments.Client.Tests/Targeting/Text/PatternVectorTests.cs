using System.Text.Json;
using Experiments.Client.Targeting.Text;

namespace Experiments.Client.Tests.Targeting.Text;

/// <summary>
/// Answers of RE2 itself (npm re2-wasm 1.0.2) on its syntax and on generated patterns. Each line is the pattern, the text and "1", "0"
/// or, where RE2 refuses the pattern, "F".
/// </summary>
public sealed class PatternVectorTests
{
    private const string FileName = "re2-cases.ndjson";

    [Fact]
    public void IsMatch_VectorsOfRe2_AreTheSameAnswers()
    {
        string path = Repository.PathOf("tests", "Experiments.Client.Tests", "Targeting", "Text", FileName);
        string[][] rows = [.. File.ReadLines(path).Select(line => JsonSerializer.Deserialize<string[]>(line)!)];
        Assert.True(rows.Length > 1_900);
        Assert.All(rows, row => Assert.Equal(row[2], Answer(row[0], row[1])));
    }

    private static string Answer(string pattern, string text)
    {
        if (!Pattern.TryParse(pattern, ignoreCase: false, out Pattern? parsed, out _))
        {
            return "F";
        }

        return parsed.IsMatch(text) ? "1" : "0";
    }
}
