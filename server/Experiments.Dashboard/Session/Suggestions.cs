using Experiments.Control.Definitions;
using Experiments.Control.Storage;
using Experiments.Dashboard.Models;

namespace Experiments.Dashboard.Session;

/// <summary>What fields offer while a name is typed: a few of what may be ten thousand.</summary>
internal sealed class Suggestions(IDefinitionStore store)
{
    public const int Most = 20;

    public Task<IReadOnlyList<Suggestion>> AudiencesAsync(Guid environmentId, string text) =>
        FindAsync<AudienceDefinition>(environmentId, text, static _ => true, static _ => "");

    /// <param name="environmentId">Of the flags.</param>
    /// <param name="text">Part of their key or name.</param>
    /// <param name="except">Of the flag that looks for others.</param>
    public Task<IReadOnlyList<Suggestion>> FlagsAsync(Guid environmentId, string text, Guid? except = null) =>
        FindAsync<FlagDefinition>(
            environmentId, text, flag => flag.Id != except && !flag.IsArchived,
            static flag => $"{(flag.Name == flag.Key ? "" : flag.Name + ", ")}{string.Join(", ", flag.Variants.Select(static variant => variant.Key))}");

    public Task<IReadOnlyList<Suggestion>> ExperimentsAsync(Guid environmentId, string text) =>
        FindAsync<ExperimentDefinition>(
            environmentId, text, static one => one.Status != ExperimentStatus.Archived,
            static one => $"{(one.Name == one.Key ? "" : one.Name + ", ")}{ExperimentLifecycle.NameOf(one.Status).ToLowerInvariant()}");

    private Task<IReadOnlyList<Suggestion>> FindAsync<T>(Guid environmentId, string text, Func<T, bool> isWanted, Func<T, string> detailOf)
        where T : class, IDefinition => store.ReadAsync<IReadOnlyList<Suggestion>>(async reader =>
    {
        string wanted = text.Trim();
        var filter = new DefinitionFilter { EnvironmentId = environmentId, Search = wanted.Length == 0 ? null : wanted };
        IEnumerable<T> found = (await reader.ListAsync<T>(filter, new PageRange(0, Most))).Items;

        // Whoever has typed a whole name means that one, however many others begin so.
        if (wanted.Length > 0 && await reader.FindAsync<T>(environmentId, wanted) is { } exact)
        {
            found = found.Where(one => one.Id != exact.Id).Prepend(exact);
        }

        return [.. found.Where(isWanted).Take(Most).Select(one => new Suggestion(one.UniqueName, detailOf(one)))];
    });
}
