"""Making the model: the corpus is read and checked here, and the encoder fine-tuned. Nothing here runs when an article is coded."""
