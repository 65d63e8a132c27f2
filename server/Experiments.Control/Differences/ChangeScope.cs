using System.Text.Json;

namespace Experiments.Control.Differences;

/// <summary>A resource, or a part of it, whose changes are being listed: gives them its path and its words.</summary>
internal sealed class ChangeScope
{
    private readonly List<Change> _changes;
    private readonly Change _template;
    private readonly string _path;
    private readonly string _words;

    private ChangeScope(List<Change> changes, Change template, string path, string words)
    {
        _changes = changes;
        _template = template;
        _path = path;
        _words = words;
    }

    /// <summary>Of all changes listed so far, so that a caller can tell whether anything came to it.</summary>
    public int Count => _changes.Count;

    public static ChangeScope Of(List<Change> changes, ChangeKind kind, Guid id, string key) => new(
        changes,
        new Change { Kind = kind, Id = id, Key = key, Action = ChangeAction.Changed, Text = "" },
        path: "",
        ChangeWords.TitleOf(kind, key));

    /// <param name="path">Of the part, such as <c>rules[2]</c>.</param>
    /// <param name="words">What the part is called.</param>
    public ChangeScope Within(string path, string words) => new(
        _changes, _template, PathOf(path) + ".", Sentence(words));

    public void Added(string text, JsonElement? after) =>
        _changes.Add(_template with { Action = ChangeAction.Added, Text = $"{_words} was added{text}.", After = after });

    public void Removed(JsonElement? before) =>
        _changes.Add(_template with { Action = ChangeAction.Removed, Text = $"{_words} was removed.", Before = before });

    /// <param name="path">Inside this scope.</param>
    /// <param name="text">Without a full stop.</param>
    /// <param name="before">Null where there was nothing.</param>
    /// <param name="after">Null where there is nothing any more.</param>
    public void Changed(string path, string text, JsonElement? before, JsonElement? after) => _changes.Add(_template with
    {
        Path = PathOf(path),
        Text = Sentence(text) + ".",
        Before = before,
        After = after,
    });

    /// <summary>Something with a short name that went from one value to another.</summary>
    public void Changed(string path, string name, string beforeText, string afterText, JsonElement? before, JsonElement? after) =>
        Changed(path, $"{name} {beforeText} -> {afterText}", before, after);

    private string PathOf(string path) => path.StartsWith('[') ? _path.TrimEnd('.') + path : _path + path;

    // The resource is told from its parts by a colon; parts follow each other.
    private string Sentence(string text) => _path.Length == 0 ? $"{_words}: {text}" : $"{_words} {text}";
}
