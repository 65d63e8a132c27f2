using System.Globalization;
using Experiments.Client;

namespace Experiments.Control.Explaining;

/// <summary>The users of an impact: a line <c>{"user_key", "context"}</c> each, read as they come.</summary>
internal sealed class ImpactContexts(Stream stream)
{
    private static readonly string[] s_names = [UserObject.UserKey];

    private readonly ImpactLines _lines = new(stream);
    private readonly string?[] _texts = new string?[s_names.Length];

    public string UserKey => _texts[0]!;

    /// <summary>Valid until the next one is read.</summary>
    public DecisionContext Context { get; } = new();

    /// <summary>What is wrong with the present line; null where nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Goes to the next line, which may have a <see cref="Fault"/>.</summary>
    /// <returns>False after the last one.</returns>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await _lines.ReadAsync(cancellationToken))
        {
            return false;
        }

        string? fault = _lines.Fault ?? UserObject.Read(_lines.Line.Span, "it", s_names, _texts, Context)
            ?? (_texts[0] is null ? UserObject.Missing(UserObject.UserKey) : null);
        Fault = fault is null ? null : string.Create(CultureInfo.InvariantCulture, $"line {_lines.Number}: {fault}");
        return true;
    }
}
