using System.Text.Json.Serialization;

namespace Experiments.Control.Storage;

/// <summary>
/// How far an environment is published. Every change that must go live raises <see cref="Wanted"/> in its own transaction; a publish
/// notes it before it compiles and stores it as <see cref="Published"/> when it is done. So no crash loses a publish.
/// </summary>
internal sealed record PublishState(Guid EnvironmentId, long Wanted, long Published)
{
    /// <summary>
    /// Who asked last, for whoever publishes it: another server, or this one when it was started again. Of what waits, a request with a
    /// note is not replaced by one without. Null where it is not known.
    /// </summary>
    public string? Actor { get; init; }

    /// <summary>Why, as <see cref="Actor"/> put it.</summary>
    public string? Note { get; init; }

    [JsonIgnore]
    public bool IsPublished => Published >= Wanted;

    /// <summary>One more change wants to go live.</summary>
    public PublishState Request(string? actor, string? note) => note is null && Note is not null && !IsPublished
        ? this with { Wanted = Wanted + 1 }
        : this with { Wanted = Wanted + 1, Actor = actor, Note = note };
}
