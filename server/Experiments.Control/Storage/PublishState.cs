using System.Text.Json.Serialization;
using Experiments.Control.Definitions;

namespace Experiments.Control.Storage;

/// <summary>
/// How far an environment is published. Every change that must go live raises <see cref="Wanted"/> in its own transaction; a publish
/// notes it before it compiles and stores it as <see cref="Published"/> when it is done. So no crash loses a publish.
/// </summary>
internal sealed record PublishState(Guid EnvironmentId, long Wanted, long Published)
{
    // As long as that of one may be: PostgreSQL has it in indexes of the audit log.
    private const int MaxActorLength = 256;

    /// <summary>
    /// Who asked, for whoever publishes it: another server, or this one when it was started again. Of what waits, all that said why, in their order
    /// with a comma between; where nobody did, the last. Null where it is not known.
    /// </summary>
    public string? Actor { get; init; }

    /// <summary>Why, as <see cref="Actor"/> put it: every note of what waits, once, with a semicolon between. The first ones are whole where all of
    /// them are too long.</summary>
    public string? Note { get; init; }

    [JsonIgnore]
    public bool IsPublished => Published >= Wanted;

    /// <summary>One more change wants to go live.</summary>
    public PublishState Request(string? actor, string? note)
    {
        PublishState next = this with { Wanted = Wanted + 1 };
        if (IsPublished || Note is null)
        {
            return next with { Actor = actor, Note = note };
        }

        // One version will carry what waits: a rollback's reason must not give way to that of a change that comes after it.
        return note is null ? next : next with
        {
            Actor = Join(Actor, ", ", actor, MaxActorLength),
            Note = Join(Note, "; ", note, DefinitionNames.MaxDescriptionLength),
        };
    }

    private static string? Join(string? texts, string separator, string? text, int maxLength)
    {
        if (texts is null || text is null)
        {
            return texts ?? text;
        }

        bool isThere = (separator + texts + separator).Contains(separator + text + separator, StringComparison.Ordinal);
        string all = isThere ? texts : texts + separator + text;
        return all.Length <= maxLength ? all
            : all[..(char.IsHighSurrogate(all[maxLength - 1]) ? maxLength - 1 : maxLength)];
    }
}
