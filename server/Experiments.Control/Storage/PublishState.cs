using System.Text.Json.Serialization;

namespace Experiments.Control.Storage;

/// <summary>
/// How far an environment is published. Every change that must go live raises <see cref="Wanted"/> in its own transaction; a publish
/// notes it before it compiles and stores it as <see cref="Published"/> when it is done. So no crash loses a publish.
/// </summary>
internal sealed record PublishState(Guid EnvironmentId, long Wanted, long Published)
{
    [JsonIgnore]
    public bool IsPublished => Published >= Wanted;
}
