using System.Text.Json;

namespace Experiments.Client.Fuzz;

/// <summary>Every value of a document: scalars, and lists and objects with all that they hold.</summary>
internal sealed class JsonPlaces
{
    private readonly List<JsonPlace> _places = [];

    public JsonPlace Pick(Random random) => _places[random.Next(_places.Count)];

    /// <summary>What comes before the first fault; false where that is nothing.</summary>
    public static bool TryFind(byte[] json, out JsonPlaces places)
    {
        places = new JsonPlaces();
        try
        {
            places.Find(json);
        }
        catch (JsonException)
        {
            // Values that are not closed are left out.
        }

        return places._places.Count > 0;
    }

    private void Find(byte[] json)
    {
        var open = new Stack<JsonPlace>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 2_000 });
        (int Start, int Length) name = default;
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex;
            int end = (int)reader.BytesConsumed;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    // The colon is consumed with it.
                    name = (start, reader.ValueSpan.Length + 2);
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(new JsonPlace(start, 0, name.Start, name.Length));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    JsonPlace opened = open.Pop();
                    _places.Add(opened with { Length = end - opened.Start });
                    break;
                default:
                    _places.Add(new JsonPlace(start, end - start, name.Start, name.Length));
                    break;
            }

            name = default;
        }
    }
}
