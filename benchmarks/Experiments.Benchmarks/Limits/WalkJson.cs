using System.Text.Json;
using Experiments.Benchmarks.Works;

namespace Experiments.Benchmarks.Limits;

/// <summary><see cref="Utf8JsonReader"/> from the first token to the last.</summary>
internal sealed class WalkJson(byte[] json) : Work
{
    public override void Run(int count)
    {
        long sum = 0;
        for (int i = 0; i < count; i++)
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                sum += (int)reader.TokenType;
            }
        }

        Sink += sum;
    }
}
