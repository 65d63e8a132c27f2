using System.Text.Json;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Limits;

/// <summary><see cref="JsonDocument.Parse(ReadOnlyMemory{byte}, JsonDocumentOptions)"/> of a snapshot, which is given back afterwards.</summary>
internal sealed class ParseJson(byte[] json) : Work
{
    public override void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            using JsonDocument document = JsonDocument.Parse(json);
            Sink += (int)document.RootElement.ValueKind;
        }
    }
}
