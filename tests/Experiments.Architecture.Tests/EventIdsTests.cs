using System.Text.RegularExpressions;

namespace Experiments.Architecture.Tests;

/// <summary>Whoever alerts on an event id means one message.</summary>
public sealed partial class EventIdsTests
{
    [Fact]
    public void LoggerMessages_AllProjects_HaveAnIdOfTheirOwn()
    {
        (string File, string Id)[] ids = [.. new[] { "sdk", "server" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(IdsOf)];
        Assert.True(ids.Length > 20, "the messages were not found");
        Assert.Empty(ids.GroupBy(static id => id.Id).Where(static same => same.Count() > 1)
            .Select(static same => $"{same.Key}: {string.Join(", ", same.Select(static id => id.File))}"));
    }

    private static IEnumerable<(string File, string Id)> IdsOf(string file)
    {
        string text = File.ReadAllText(file);
        foreach (Match message in LoggerMessage().Matches(text))
        {
            string id = message.Groups["id"].Value;
            Match constant = Regex.Match(text, $@"const int {id} = (?<id>\d+);");
            yield return (Path.GetFileName(file), constant.Success ? constant.Groups["id"].Value : id);
        }
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(EventId = )?(?<id>\w+)")]
    private static partial Regex LoggerMessage();
}
