using System.Text.Json;

namespace Experiments.Control.Compilation;

/// <summary>A rule of a flag of snapshot format 2.</summary>
/// <param name="Id">For explanations.</param>
/// <param name="If">Whom it is for.</param>
/// <param name="Serve">What they get.</param>
/// <param name="Reason">One of its own; null for the usual one.</param>
internal sealed record CompiledRule(string Id, Condition If, CompiledServe Serve, string? Reason = null)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        if (!If.IsTrue)
        {
            writer.WritePropertyName("if");
            If.Write(writer);
        }

        writer.WritePropertyName("serve");
        Serve.Write(writer);
        if (Reason is not null)
        {
            writer.WriteString("reason", Reason);
        }

        writer.WriteEndObject();
    }
}
